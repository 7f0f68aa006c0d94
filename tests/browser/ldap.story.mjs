// Signing in by a real directory with the ordinary form; the last story stops it.
import assert from 'node:assert/strict';

const type = async (visit, login, password) => {
  await visit.go('/sign-in?lang=en');
  await visit.page.fill('input[name=email]', login);
  await visit.page.fill('input[name=password]', password);
  await visit.page.click('form[action="/sign-in"] button');
  await visit.page.waitForLoadState();
};

const isRefused = async (visit, login, password) => {
  await type(visit, login, password);
  assert.match(await visit.text(), /The address or the password is wrong/, login);
};

export const stories = {
  async 'doors: somebody of the directory comes in by address or name, with the roles of groups in groups'(visit) {
    visit.atDoors();
    await visit.open();
    await type(visit, 'nadia@directory.example', 'the password of nadia');
    await visit.page.waitForURL((url) => url.pathname === '/');
    assert.match(await visit.text(), /Nadia Morel/);
    assert.equal(await visit.go('/accounts'), 200, 'a KAM may');
    await visit.context.clearCookies();
    await type(visit, 'nadia', 'the password of nadia');
    assert.match(await visit.text(), /Nadia Morel/);
  },

  async 'doors: neither tricks nor shut accounts come in by the directory'(visit) {
    visit.atDoors();
    await visit.open();
    await isRefused(visit, 'nadia@directory.example', 'something else');
    await isRefused(visit, '*)(uid=*', 'the password of nadia');
    await isRefused(visit, 'nadia)(|(uid=*', 'the password of nadia');
    await isRefused(visit, 'n*', 'the password of nadia');
    await isRefused(visit, 'nobody', 'the password of nadia');
    await isRefused(visit, 'jean', 'the password of jean');
  },

  async 'doors: a directory that is down says so, and the break-glass administrator comes in'(visit) {
    visit.atDoors();
    visit.expected = /status of (4\d\d|503)/;
    process.kill(Number(process.env.ORCHESTRE_SLAPD), 'SIGTERM');
    await visit.open();
    for (const until = Date.now() + 10_000; Date.now() < until;) {
      await type(visit, 'oscar', 'the password of oscar');
      if (/directory cannot be reached/.test(await visit.text())) break;
    }
    assert.match(await visit.text(), /directory cannot be reached/);
    await visit.isAccessible();
    await visit.context.clearCookies();
    const { email, password } = visit.people.find((one) => one.email.startsWith('solene.kermarrec@'));
    await type(visit, email, password);
    await visit.page.waitForURL((url) => url.pathname === '/');
  },
};
