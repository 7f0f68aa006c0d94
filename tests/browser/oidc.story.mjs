// Signing in over a real provider, and out again, here and there.
import assert from 'node:assert/strict';

/** Signs in at the provider's own pages. */
export const atProvider = async (page, who) => {
  await page.waitForURL(/interaction/);
  await page.fill('input[name=login]', who);
  await page.fill('input[name=password]', 'whatever');
  await page.click('button[type=submit]');
  await page.waitForURL(/interaction/);
  await page.click('button[type=submit]');
};

const press = async (visit, who) => {
  await visit.page.click('.ways a');
  await atProvider(visit.page, who);
};

export const stories = {
  async 'doors: a KAM comes in over the provider and out there too'(visit) {
    visit.atDoors();
    await visit.open();
    assert.equal(await visit.go('/sign-in?lang=en&next=/plans'), 200);
    await visit.isAccessible();
    await visit.fits();
    await press(visit, 'aminata');
    await visit.page.waitForURL((url) => url.pathname === '/plans');
    assert.match(await visit.text(), /Aminata Lefort/);
    await visit.go('/settings/passkeys');
    assert.match(await visit.text(), /Ardenval/);
    await visit.isAccessible();
    await visit.page.click('form[action="/sign-out"] button');
    await visit.page.waitForSelector('main a.b-main');
    await visit.isAccessible();
    await visit.page.click('main a.b-main');
    await visit.page.waitForURL(/session\/end/);
    await visit.page.click('button[name=logout]');
    await visit.page.waitForURL(/\/sign-in/);
    await visit.go('/plans');
    assert.match(visit.page.url(), /\/sign-in/);
  },

  async 'doors: whoever signs out at the provider is out here at once'(visit) {
    visit.atDoors();
    await visit.open();
    await visit.go('/sign-in?lang=en');
    await press(visit, 'noemie');
    await visit.page.waitForURL((url) => url.pathname === '/');
    assert.match(await visit.text(), /Noémie Nouvel/);
    await visit.page.goto(`${process.env.ORCHESTRE_ISSUER}/session/end`);
    await visit.page.click('button[name=logout]');
    await visit.page.waitForURL(/session\/end\/success/);
    await visit.go('/');
    assert.match(visit.page.url(), /\/sign-in/);
  },

  async 'doors: a stranger of the provider is told why, in French'(visit) {
    visit.atDoors();
    await visit.open({ width: 390, height: 844, theme: 'dark', locale: 'fr-FR' });
    await visit.go('/sign-in?lang=fr');
    await visit.fits();
    await press(visit, 'stranger');
    await visit.page.waitForURL(/callback/);
    assert.match(await visit.text(), /vous n’avez pas d’accès ici/);
    await visit.isAccessible();
  },
};
