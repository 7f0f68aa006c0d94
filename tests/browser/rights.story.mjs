// Rights: who can see what and why, another person's eyes, rights lent for a holiday, a wall put up.
import assert from 'node:assert/strict';

const href = (page, selector, words) =>
  page.locator(selector, { hasText: words }).first().getAttribute('href');

export const stories = {
  async 'a director sees with the eyes of a relay, changes nothing, and the record says so'(visit) {
    await visit.signIn('solene.kermarrec');
    await visit.speak('fr');
    await visit.go('/settings/rights');
    await visit.isAccessible();
    await visit.go(await href(visit.page, 'main a.plain', 'Florian Bickelmann'));
    await visit.isAccessible();
    await visit.fits();
    await visit.page.click('form[action="/view-as"] button');
    await visit.page.waitForSelector('.watching');
    assert.match(await visit.text(), /Vous voyez exactement ce que voit Florian Bickelmann/);
    await visit.go('/accounts');
    const seen = await visit.text();
    assert.match(seen, /Lysarel/);
    assert.doesNotMatch(seen, /Hartwenden/, 'a relay of one account');
    await visit.go(await href(visit.page, 'main a', 'Lysarel'));
    await visit.page.waitForSelector('.watching');
    const noted = visit.page.locator('form[action$="/interactions"] button').first();
    assert.equal(await noted.count(), 0, 'nothing can be written with other eyes');
    assert.equal(await visit.go('/settings/rights'), 403, 'the rights of the other hold');
    await visit.page.goBack();
    await visit.page.click('form[action="/view-as/leave"] button');
    await visit.page.waitForFunction(() => !document.querySelector('.watching'));
    await visit.go('/accounts');
    assert.match(await visit.text(), /Hartwenden/, 'own eyes again');
    await visit.go('/events?event=watch.begun');
    assert.match(await visit.text(), /Solène Kermarrec[^]*regarde avec les yeux/);
  },

  async 'the page says who can see a margin, who cannot, and why'(visit) {
    await visit.signIn('solene.kermarrec');
    await visit.speak('fr');
    await visit.go('/accounts');
    const account = await href(visit.page, 'main a', 'Lysarel');
    await visit.go(account);
    const access = await visit.page.locator('a[href^="/access?object="]').first().getAttribute('href');
    await visit.go(access);
    await visit.isAccessible();
    await visit.isTranslated('fr');
    assert.match(await visit.text(), /Tobias Reinholt/);
    await visit.go(access.replace('field=account', 'field=margin'));
    const [can, cannot] = await visit.page.locator('main section').allInnerTexts();
    assert.ok(cannot, 'both lists stand there');
    assert.match(can, /Thomas Weckerlin/);
    assert.match(cannot, /Florian Bickelmann/);
    assert.match(cannot, /Tobias Reinholt[^]*mur/i, 'the wall is the reason');
  },

  async 'a unit is made, answers for an account, and loses it again'(visit) {
    await visit.signIn('solene.kermarrec');
    await visit.speak('fr');
    await visit.go('/settings/rights');
    await visit.page.locator('details:has(form[action="/settings/units"]) > summary').click();
    await visit.page.fill('input[name=name]', 'Ardenval Iberia');
    await visit.page.click('form[action="/settings/units"] button');
    await visit.page.waitForLoadState();
    const card = visit.page.locator('.cards > li', { hasText: 'Ardenval Iberia' });
    const of = (button) => card.locator('form[action$="/accounts"]', { hasText: button });
    await of('Confier').locator('select').selectOption({ label: 'Grupo Ahorvalle S.A.' });
    await of('Confier').locator('button').click();
    await visit.page.waitForLoadState();
    assert.match(await card.innerText(), /1 compte[^]*Grupo Ahorvalle/);
    await visit.isAccessible();
    await visit.fits();
    await of('Retirer').locator('button').click();
    await visit.page.waitForLoadState();
    assert.match(await card.innerText(), /0 compte/);
  },

  async 'a KAM lends her accounts for a holiday and takes them back'(visit) {
    await visit.signIn('aminata.lefort', { width: 390, height: 844 });
    await visit.speak('fr');
    await visit.go('/settings/delegations');
    await visit.isAccessible();
    await visit.fits();
    await visit.page.locator('details:has(form[action="/settings/delegations"]) > summary').click();
    await visit.page.selectOption('select[name=to]', { label: 'Annika Feldhaus' });
    await visit.page.fill('input[name=from]', '2027-02-01');
    await visit.page.fill('input[name=until]', '2027-02-14');
    await visit.page.check('input[name=whole]');
    await visit.page.click('form[action="/settings/delegations"] button');
    await visit.page.waitForLoadState();
    assert.match(await visit.text(), /Annika Feldhaus[^]*1er févr. 2027/);
    await visit.isTranslated('fr');
    const over = visit.page.locator('details:has(form[action="/settings/delegations/end"])');
    await over.locator('summary').click();
    const later = over.locator('select[name=loan] option', { hasText: 'févr. 2027' });
    await over.locator('select[name=loan]').selectOption(await later.getAttribute('value'));
    await over.locator('button').click();
    await visit.page.waitForLoadState();
    assert.doesNotMatch(await visit.text(), /févr. 2027/);
  },
};
