// An OpenID Connect provider (npm oidc-provider) that knows a few people of the demo, for the browser stories.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PEOPLE = {
  aminata: { email: 'aminata.lefort@ardenval.example', name: 'Aminata Lefort', groups: ['kam'] },
  noemie: { email: 'noemie.new@ardenval.example', name: 'Noémie Nouvel', groups: ['kam'] },
  stranger: { email: 'somebody@elsewhere.example', name: 'Some Body', groups: ['kam'] },
};

/** Starts the provider on a port for the program at `program`. */
export const provide = async (port, program, tools) => {
  const require = createRequire(join(tools, 'package.json'));
  const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')));
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'orchestre',
      client_secret: 'a-secret-of-the-stories',
      redirect_uris: [`${program}/sign-in/oidc/house/callback`],
      post_logout_redirect_uris: [`${program}/sign-in`],
      backchannel_logout_uri: `${program}/sign-in/oidc/house/sign-out`,
    }],
    claims: { openid: ['sub', 'sid'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    features: { backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    pkce: { required: () => true, methods: ['S256'] },
    cookies: { keys: ['for the stories alone'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email_verified: true, ...PEOPLE[id] }),
    }),
  });
  provider.on('server_error', (_, error) => console.error('provider:', error.message));
  await new Promise((done) => { provider.listen(port, '127.0.0.1', done); });
  return issuer;
};
