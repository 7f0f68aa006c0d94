// Tokens, webhooks and proposals: made, used and taken back by a person in a browser.
import assert from 'node:assert/strict';

const bearer = (token) => ({ headers: { Authorization: `Bearer ${token}` } });

const makeToken = async (visit, name, scopes) => {
  await visit.go('/settings/tokens');
  await visit.page.fill('#f-name', name);
  for (const scope of scopes) await visit.page.check(`#f-scope-${scope}`);
  await visit.page.click('form[action="/settings/tokens"] button');
  const [token] = (await visit.text()).match(/orchestre_pat_[0-9a-f]{48}/);
  return token;
};

export const stories = {
  async 'a token is made, shown once, used and taken back'(visit) {
    await visit.signIn('aminata.lefort');
    await visit.go('/settings/tokens');
    await visit.isAccessible();
    const token = await makeToken(visit, 'nightly <b>import</b>', ['accounts-read']);
    await visit.isAccessible();
    await visit.fits();
    const script = await visit.page.context().browser().newContext();
    const ask = async (path) => (await script.request.get(visit.address + path, bearer(token))).status();
    assert.equal(await ask('/api/v1/accounts'), 200);
    assert.equal(await ask('/api/v1/imports'), 403);
    await visit.go('/settings/tokens');
    assert.ok(!(await visit.text()).includes(token), 'it is shown once');
    await visit.page.click('a:has-text("nightly <b>import</b>")');
    await visit.isAccessible();
    await visit.page.click('form[action$="/revocation"] button');
    await visit.page.waitForURL(/\/settings\/tokens$/);
    assert.equal(await ask('/api/v1/accounts'), 401);
    await script.close();
  },

  async 'what an assistant proposes is confirmed by a person'(visit) {
    await visit.signIn('aminata.lefort');
    const token = await makeToken(visit, 'assistant', ['accounts-read', 'plans-read', 'plans-write']);
    const script = await visit.page.context().browser().newContext();
    const call = async (name, given) => {
      const answer = await script.request.post(`${visit.address}/mcp`, {
        headers: {
          Authorization: `Bearer ${token}`, Accept: 'application/json, text/event-stream', 'MCP-Protocol-Version': '2025-11-25',
        },
        data: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: given } },
      });
      return (await answer.json()).result;
    };
    const found = await call('search', { words: 'lysarel' });
    assert.match(JSON.stringify(found), /Lysarel/);
    const asked = await call('propose_action', {
      account: 'Laboratoires Lysarel SA', text: 'Invite the <b>plant</b> manager', due_on: '2027-03-01', reason: 'silent since summer',
    });
    assert.equal(asked.structuredContent.state, 'open', JSON.stringify(asked));
    await visit.go('/proposals');
    assert.match(await visit.text(), /Invite the <b>plant<\/b> manager/);
    await visit.isAccessible();
    await visit.fits();
    await visit.page.click('form[action$="/confirmation"] button');
    await visit.page.waitForURL(/\/proposals$/);
    assert.equal(await visit.page.locator('form[action$="/confirmation"]').count(), 0);
    await visit.isAccessible();
    await script.close();
  },

  async 'webhooks wait until the company allows them'(visit) {
    await visit.signIn('solene.kermarrec', { width: 390, height: 800 });
    await visit.go('/settings/webhooks');
    assert.equal(await visit.page.locator('#f-address').count(), 0);
    await visit.fits();
    await visit.go('/settings');
    await visit.page.fill('#f-webhook_targets', '*');
    await visit.page.click('form[action="/settings"] button');
    await visit.go('/settings/webhooks');
    await visit.page.fill('#f-address', 'http://127.0.0.1:9/hook');
    await visit.page.click('form[action="/settings/webhooks"] button');
    assert.match(await visit.text(), /address_refused/);
    await visit.go('/settings/webhooks');
    await visit.page.fill('#f-address', 'https://hooks.example.com/orchestre');
    await visit.page.click('form[action="/settings/webhooks"] button');
    assert.match(await visit.text(), /whsec_[A-Za-z0-9+/=]{44}/);
    await visit.isAccessible();
    await visit.fits();
    await visit.page.click('a:has-text("hooks.example.com")');
    await visit.isAccessible();
    await visit.fits();
    await visit.page.click('form[action$="/removal"] button');
    await visit.page.waitForURL(/\/settings\/webhooks$/);
    await visit.go('/settings');
    await visit.page.fill('#f-webhook_targets', '');
    await visit.page.click('form[action="/settings"] button');
  },
};
