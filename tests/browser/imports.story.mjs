// The import desk: files are compared before anything is written, doubts are asked, rows mended.

import assert from 'node:assert/strict';

async function drop(visit, files) {
  await visit.go('/imports');
  await visit.page.setInputFiles('input[type=file]', files.map(([name, text]) => (
    { name, mimeType: 'text/csv', buffer: Buffer.from(text) })));
  await visit.page.click('form[action="/imports"] button.b-main');
  await visit.page.waitForURL(/\/imports\/imp_/);
}

export const stories = {
  async 'a steward drops a file, answers what is asked, looks at what changes, and lets it go in'(visit) {
    await visit.signIn('karim.oumeddour');
    await visit.speak('en');
    const sales = (document) => `Document;Line;Date;Account;Amount;Currency\n${document};1;03/04/2026;LYS5;1.234;GBP\n`;
    await drop(visit, [['credits.csv', sales('ST-1')]]);
    await visit.isAccessible();
    assert.match(await visit.text(), /Nothing is written yet|nothing is written yet/);
    await visit.page.check('input[value=dmy]');
    await visit.page.check('input[value=comma]');
    await visit.page.click('form[action$="/answers"] button.b-main');
    await visit.page.waitForURL(/\/imports\/imp_/);
    assert.equal(await visit.page.locator('input[value=dmy]').count(), 0);
    assert.match(await visit.text(), /1 new/);
    await visit.page.click('form[action$="/application"] button');
    await visit.page.waitForURL(/\/imports\/imp_/);
    assert.match(await visit.text(), /The rows are in/);

    // The next file of the same headings is read by the recipe: nothing is asked.
    await drop(visit, [['credits_2.csv', sales('ST-2')]]);
    assert.equal(await visit.page.locator('input[value=dmy]').count(), 0);
    assert.match(await visit.text(), /read with the recipe/);
    await visit.page.click('form[action$="/discard"] button');
    await visit.page.waitForURL(/\/imports$/);
    await visit.go('/imports/recipes');
    await visit.isAccessible();
    await visit.page.click('table a');
    await visit.isAccessible();
    assert.match(await visit.page.inputValue('textarea'), /"date:Date" = "dmy"/);
  },

  async 'rows that stay out are downloaded, a column gets its meaning, and two files go in together'(visit) {
    await visit.signIn('karim.oumeddour');
    await visit.speak('fr');
    const products = 'sku,name,family,list price,currency,phase of the moon\nST-9,Caisse neuf,Test,12.50,EUR,new\nST-8,Caisse huit,Test,zwölf,EUR,full\n';
    const people = 'id,first name,last name,email,organization\nSTP,Léa,Bonnet,lea.bonnet@studio.example,LYS5\n';
    await drop(visit, [['people_two.csv', people], ['products_two.csv', products]]);
    await visit.fits();
    assert.match(await visit.text(), /products_two\.csv/);
    await visit.page.selectOption('select[name="m:phase of the moon"]', 'life_cycle');
    await visit.page.click('section[aria-labelledby=h-columns] button');
    await visit.page.waitForURL(/\/imports\/imp_/);
    const [file] = await Promise.all([
      visit.page.waitForEvent('download'), visit.page.click('a[href$="corrections.xlsx"]')]);
    assert.equal(file.suggestedFilename(), 'corrections.xlsx');
    await visit.page.click('form[action$="/application"] button');
    await visit.page.waitForURL(/\/imports\/imp_/);
    assert.match(await visit.text(), /people_two\.csv/, 'the next file of the drop follows');
    await visit.page.click('form[action$="/application"] button');
    await visit.page.waitForURL(/\/imports\/imp_/);
    await visit.go('/people?q=Bonnet');
    assert.match(await visit.text(), /Léa Bonnet/);
  },

  async 'an import is taken back, after a look at what that does'(visit) {
    await visit.signIn('karim.oumeddour');
    await visit.speak('fr');
    const products = 'sku,name,family,list price,currency\nST-6,Caisse six,Test,12.50,EUR\nST-5,Caisse cinq,Test,9.50,EUR\n';
    await drop(visit, [['products_back.csv', products]]);
    await visit.page.click('form[action$="/application"] button');
    await visit.page.waitForURL(/\/imports\/imp_/);
    await visit.page.click('a[href$="/reversal"]');
    await visit.page.waitForURL(/\/reversal$/);
    await visit.isAccessible();
    await visit.fits();
    assert.match(await visit.text(), /Produits\s+2/);
    await visit.page.click('form[action$="/reversal"] button');
    await visit.page.waitForURL(/\/imports\/imp_\w+$/);
    assert.match(await visit.text(), /Il a été annulé/);
    assert.equal(await visit.page.locator('a[href$="/reversal"]').count(), 0);
    await visit.go('/search?q=Caisse+six');
    assert.doesNotMatch(await visit.text(), /Test/);
  },

  async 'who wrote without being known is added, left out, and asked about again'(visit) {
    await visit.signIn('karim.oumeddour');
    await visit.speak('en');
    await visit.go('/people/review');
    await visit.isAccessible();
    await visit.fits();
    const of = (address) => visit.page.locator('.cards > li', { hasText: address });
    const press = async (address, button) => {
      await of(address).getByRole('button', { name: button }).click();
      await visit.page.waitForLoadState();
    };
    assert.match(await visit.text(), /assistant\.h@hartwenden\.example\s+2 interactions/);
    await press('orders@officeshop.example', 'Nobody of interest');
    assert.match(await visit.text(), /left out/);
    await press('orders@officeshop.example', 'Ask again');
    assert.doesNotMatch(await visit.text(), /left out/);
    await press('lea.marchetti@castelune.example', 'Add as a person');
    assert.match(await visit.text(), /It is Léa Marchetti/);
    await visit.go('/people?q=Marchetti');
    assert.match(await visit.text(), /Castelune SA/);
  },

  async 'who only looks sees what a file would do and no button'(visit) {
    await visit.signIn('karim.oumeddour');
    await visit.go('/imports');
    const href = await visit.page.getAttribute('#waiting a, section[aria-labelledby=h-waiting] a', 'href');
    assert.ok(href, 'the demo has files that wait');
    assert.equal(await visit.go(href), 200);
    await visit.isAccessible();
    await visit.fits();
  },
};
