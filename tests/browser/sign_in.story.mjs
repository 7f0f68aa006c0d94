// Doors: the first administrator, an invitation in French, a second step, a forgotten password, sessions, being put out.
import assert from 'node:assert/strict';
import { codeOf, houseOf, linkOf } from './house.mjs';

const ADMIN = { email: 'ada@house.example', password: 'velvet tractor under nine moons' };
const INES = { email: 'ines@house.example', password: 'citron vélo nuage de mardi' };
const NEW = 'granite parasol for three otters';

async function signIn(visit, who, password, lang = 'en') {
  await visit.page.goto(`${visit.address}/sign-in?lang=${lang}`);
  await visit.page.fill('input[name=email]', who.email);
  await visit.page.fill('input[name=password]', password ?? who.password);
  await visit.page.click('main button');
}

async function looksWell(visit, lang) {
  await visit.fits();
  await visit.isAccessible();
  await visit.isTranslated(lang);
}

let key;

export const stories = {
  async 'the first administrator comes in by the printed link and invites somebody by mail'(visit) {
    const house = await houseOf();
    visit.address = house.address;
    await visit.open();
    await visit.page.goto(house.first);
    await looksWell(visit, 'en');
    await visit.page.fill('input[name=name]', 'Ada');
    await visit.page.fill('input[name=email]', ADMIN.email);
    await visit.page.fill('input[name=password]', 'ada@house');
    await visit.page.click('main button');
    assert.match(await visit.text(), /easily guessed/);
    assert.equal(await visit.page.inputValue('input[name=name]'), 'Ada', 'the form comes again filled');
    await looksWell(visit, 'en');
    await visit.page.fill('input[name=password]', ADMIN.password);
    await visit.page.click('main button');
    await visit.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await visit.go('/settings/logins');
    await looksWell(visit, 'en');
    await visit.page.fill('form[action="/settings/logins"] input[name=email]', INES.email);
    await visit.page.fill('form[action="/settings/logins"] input[name=name]', 'Inès');
    await visit.page.selectOption('form[action="/settings/logins"] select[name=role]', 'KAM');
    await visit.page.selectOption('form[action="/settings/logins"] select[name=lang]', 'fr');
    await visit.page.click('form[action="/settings/logins"] button');
    assert.match(await visit.text(), /on its way by mail/);
    await visit.page.goto(house.first);
    assert.match(await visit.text(), /used, taken back or is too old/);
    await looksWell(visit, 'en');
  },

  async 'an invitation is followed in French, and a second step is set up'(visit) {
    const house = await houseOf();
    visit.address = house.address;
    await visit.open({ width: 390, height: 844 });
    const letter = await house.letter(0);
    assert.match(letter, /To: ines@house\.example/);
    await visit.page.goto(linkOf(letter));
    assert.match(await visit.text(), /Bienvenue/);
    await looksWell(visit, 'fr');
    await visit.page.fill('input[name=password]', INES.password);
    await visit.page.click('main button');
    await visit.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await visit.go('/settings/security');
    await looksWell(visit, 'fr');
    await visit.page.click('form[action="/settings/security/second-step"] button');
    await visit.page.waitForSelector('.squares');
    await looksWell(visit, 'fr');
    key = await visit.page.innerText('#h-step ~ * dd, section:has(#h-step) dd');
    await visit.page.fill('input[name=code]', '000000');
    await visit.page.click('form[action$="/confirmation"] button');
    assert.match(await visit.text(), /Le code est faux/);
    await visit.page.fill('input[name=code]', codeOf(key));
    await visit.page.click('form[action$="/confirmation"] button');
    assert.match(await visit.text(), /ne sont montrés que cette fois/);
    assert.equal(await visit.page.locator('section:has(#h-codes) dd').count(), 10);
    await looksWell(visit, 'fr');
  },

  async 'the code is asked for after the password, each once'(visit) {
    const house = await houseOf();
    visit.address = house.address;
    await visit.open();
    await signIn(visit, INES, undefined, 'fr');
    await visit.page.waitForURL(/\/sign-in\/code/);
    await looksWell(visit, 'fr');
    await visit.page.fill('input[name=code]', codeOf(key, -2));
    await visit.page.click('main button');
    assert.match(await visit.text(), /Le code est faux/);
    await visit.page.fill('input[name=code]', codeOf(key, 1));
    await visit.page.click('main button');
    await visit.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await visit.go('/settings/security');
    assert.match(await visit.text(), /celle-ci/);
    await visit.page.fill('section:has(#h-sessions) li:has-text("celle-ci") input[name=name]', 'Bureau');
    await visit.page.click('section:has(#h-sessions) li:has-text("celle-ci") form button');
    assert.match(await visit.text(), /Bureau/);
    await visit.page.locator('form[action$="/end"] button').first().click();
    await visit.page.waitForURL(/security/);
    await looksWell(visit, 'fr');
  },

  async 'a forgotten password is set by mail and does not skip the second step'(visit) {
    const house = await houseOf();
    visit.address = house.address;
    await visit.open();
    const before = house.count();
    for (const email of ['nobody@house.example', INES.email]) {
      await visit.page.goto(`${visit.address}/sign-in/forgotten?lang=en`);
      await visit.page.fill('input[name=email]', email);
      await visit.page.click('main button');
      assert.match(await visit.text(), /If this address has a sign-in, a link is on its way/);
    }
    await looksWell(visit, 'en');
    await visit.page.goto(linkOf(await house.letter(before)));
    await looksWell(visit, 'fr');
    await visit.page.fill('input[name=password]', NEW);
    await visit.page.click('main button');
    await visit.page.waitForURL(/\/sign-in\?.*done=password/);
    await signIn(visit, INES, INES.password);
    assert.match(await visit.text(), /The address or the password is wrong|wrong/i);
    await signIn(visit, INES, NEW);
    await visit.page.waitForURL(/\/sign-in\/code/);
    assert.match(await house.letter(before + 1), /mot de passe|password/i);
  },

  async 'whoever is put out is out, and the rules are changed'(visit) {
    const house = await houseOf();
    visit.address = house.address;
    await visit.open({ theme: 'dark' });
    await signIn(visit, ADMIN);
    await visit.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await visit.go('/settings/logins');
    await visit.page.click('a:has-text("Inès")');
    await visit.page.waitForURL(/\/settings\/logins\/lgn_/);
    await looksWell(visit, 'en');
    await visit.page.click('form[action$="/deactivation"] button');
    assert.match(await visit.text(), /put out/);
    await visit.go('/settings/logins');
    await visit.page.click('details:has(form[action="/settings/sign-in"]) > summary');
    await visit.page.fill('input[name=idle_minutes]', '1');
    await visit.page.fill('input[name=second_step_roles]', 'adm');
    await visit.page.click('form[action="/settings/sign-in"] button');
    assert.match(await visit.text(), /cannot be right/);
    assert.equal(await visit.page.inputValue('input[name=second_step_roles]'), 'adm');
    await visit.page.fill('input[name=idle_minutes]', '60');
    await visit.page.click('form[action="/settings/sign-in"] button');
    await visit.page.waitForURL(/\/settings\/security/);
    assert.match(await visit.text(), /Your role needs a second step/);
    await looksWell(visit, 'en');
  },
};
