// Passkeys, with a device that Chromium plays.
import assert from 'node:assert/strict';

const withDevice = async (visit) => {
  const devtools = await visit.context.newCDPSession(visit.page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options: {
    protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
    isUserVerified: true, automaticPresenceSimulation: true,
  } });
  return { devtools, authenticatorId };
};

export const stories = {
  async 'doors: a passkey is added, renamed, used to sign in and removed'(visit) {
    visit.atDoors();
    await visit.signIn('thomas.weckerlin');
    const { devtools, authenticatorId } = await withDevice(visit);
    await visit.go('/settings/passkeys');
    await visit.isAccessible();
    await visit.page.fill('form[data-passkey] input[name=name]', 'Laptop <b>');
    await visit.page.click('form[data-passkey] button');
    await visit.page.waitForSelector('.row-form');
    assert.match(await visit.text(), /Laptop <b>/);
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
    assert.equal(credentials.length, 1);
    assert.equal(credentials[0].isResidentCredential, true);
    await visit.page.click('.row-form summary');
    await visit.page.fill('.row-form input[name=name]', 'Phone');
    await visit.page.click('.row-form details button');
    await visit.page.waitForSelector('.row-form b:has-text("Phone")');
    await visit.isAccessible();
    await visit.fits();

    await visit.context.clearCookies();
    await visit.go('/sign-in?next=/plans');
    await visit.page.click('form[data-passkey] button');
    await visit.page.waitForURL((url) => url.pathname === '/plans');
    assert.match(await visit.text(), /Thomas Weckerlin/);

    await visit.go('/settings/passkeys');
    assert.match(await visit.text(), /last used|utilisé/);
    await visit.page.click('.row-form form[action$="/removal"] button');
    await visit.page.waitForFunction(() => !document.querySelector('.row-form'));
    await visit.context.clearCookies();
    await visit.go('/sign-in?lang=en');
    await visit.page.click('form[data-passkey] button');
    await visit.page.waitForURL((url) => url.pathname === '/sign-in/passkey');
    assert.match(await visit.text(), /This passkey does not fit/);
  },
};
