// The main job in a real browser: sign in, portfolio, account, score, plan, print, find.
import assert from 'node:assert/strict';

const account = async (visit, name) => {
  await visit.go('/portfolio');
  await visit.page.click(`a:has-text("${name}")`);
  await visit.page.waitForURL(/\/accounts\/acc_/);
};

export const stories = {
  async 'a director sees the ranked portfolio with its pictures'(visit) {
    await visit.signIn('solene.kermarrec');
    assert.equal(await visit.go('/portfolio'), 200);
    const text = await visit.text();
    assert.match(text, /226,9 M€/);
    assert.match(text, /25 comptes/);
    assert.equal(await visit.page.locator('tbody tr a.md').count() >= 25, true);
    await visit.fits();
    await visit.isAccessible();
  },

  async 'a filter and a sort are in the address'(visit) {
    await visit.signIn('solene.kermarrec');
    await visit.go('/portfolio?tier=strategic_global&sort=name');
    const names = await visit.page.locator('tbody a.md').allInnerTexts();
    assert.deepEqual(names, ['Elvarion N.V.', 'Laboratoires Lysarel SA', 'Steinwende Antriebe SE']);
  },

  async 'an account opens to its group, its score and its plan, which prints'(visit) {
    await visit.signIn('thomas.weckerlin');
    await account(visit, 'Lysarel');
    await visit.isAccessible();
    const base = new URL(visit.page.url()).pathname;
    for (const tab of ['group', 'people', 'score', 'plan', 'history']) {
      assert.equal(await visit.go(`${base}/${tab}`), 200, tab);
      await visit.fits();
      await visit.isAccessible();
    }
    await visit.go(`${base}/score`);
    assert.match(await visit.text(), /88,75/);
    const pdf = await visit.page.request.get(`${visit.address}${base}/plan.pdf?lang=en`);
    assert.equal(pdf.status(), 200);
    assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
  },

  async 'a KAM writes a plan from nothing and judges a criterion'(visit) {
    await visit.signIn('aminata.lefort');
    await account(visit, 'Cellumbra');
    const base = new URL(visit.page.url()).pathname;
    await visit.go(`${base}/plan`);
    const begin = visit.page.locator(`form[method=post][action="${base}/plan"] button`);
    if (await begin.count() > 0) await begin.click();
    await visit.page.click('details:has(#text-new-objective) > summary');
    await visit.page.fill('#text-new-objective', 'First commercial batch <b>cold</b>');
    await visit.page.fill('#due_on-new-objective', '2027-06-30');
    await visit.page.click('form:has(#text-new-objective) button.b-main');
    await visit.page.waitForURL(/\/plan$/);
    assert.match(await visit.text(), /First commercial batch <b>cold<\/b>/);
    await visit.go(`${base}/score`);
    await visit.page.click('details:has(#value-fit) > summary');
    await visit.page.selectOption('#value-fit', '5');
    await visit.page.fill('#evidence-fit', 'road map of October');
    await visit.page.click('form:has(#value-fit) button');
    await visit.page.waitForURL(/score/);
    assert.match(await visit.page.content(), /road map of October/);
  },

  async 'anything is found by keyboard alone'(visit) {
    await visit.signIn('solene.kermarrec');
    await visit.go('/portfolio');
    await visit.page.keyboard.press('Control+k');
    await visit.page.keyboard.type('montaland bea');
    await visit.page.keyboard.press('Enter');
    await visit.page.waitForURL(/\/search|\/people\//);
    assert.match(await visit.text(), /Montaland/);
  },

  async 'a rival behind the wall is found nowhere'(visit) {
    await visit.signIn('tobias.reinholt');
    for (const path of ['/search?q=lysarel', '/portfolio', '/accounts', '/people?q=carrassou', '/plans', '/events', '/']) {
      await visit.go(path);
      const text = (await visit.text()).replace(/[“«]\s*lysarel\s*[”»]/i, '');
      assert.doesNotMatch(text, /Lysarel|Carrassou/, path);
    }
  },

  async 'a relay reads neither margins nor opinions'(visit) {
    await visit.signIn('florian.bickelmann');
    await account(visit, 'Lysarel');
    assert.doesNotMatch(await visit.text(), /margin/i);
    const base = new URL(visit.page.url()).pathname;
    await visit.go(`${base}/people`);
    assert.equal(await visit.page.locator('.stance').count(), 0);
    assert.match(await visit.text(), /not shown to your role/);
  },

  async 'everything works on a phone and in the dark'(visit) {
    await visit.signIn('aminata.lefort', { width: 390, height: 844, theme: 'dark' });
    for (const path of ['/', '/portfolio', '/accounts', '/people', '/plans', '/criteria', '/methods', '/help', '/settings', '/search?q=ly']) {
      assert.equal(await visit.go(path), 200, path);
      await visit.fits();
      await visit.isAccessible();
    }
  },

  async 'everything is whole without JavaScript'(visit) {
    await visit.signIn('solene.kermarrec', { script: false });
    for (const path of ['/', '/portfolio?sort=-growth', '/accounts', '/criteria', '/imports', '/styleguide']) {
      assert.equal(await visit.go(path), 200, path);
    }
    await visit.speak('en');
    assert.match(await visit.text(), /My screens/);
  },

  async 'a steward sends a file and sees what is wrong with it'(visit) {
    await visit.signIn('karim.oumeddour');
    await visit.speak('en');
    await visit.go('/imports');
    await visit.isAccessible();
    const text = 'id,name,list_price,currency\nX-1,Test crate,12.50,EUR\nX-2,Other,abc,EUR\n';
    await visit.page.setInputFiles('input[type=file]', { name: 'products.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await visit.page.selectOption('select[name=kind]', 'products');
    await visit.page.click('form[action="/imports"] button.b-main');
    await visit.page.waitForURL(/\/imports\/imp_/);
    assert.match(await visit.text(), /Not a number/);
  },
};
