// Starts the provider and the directory, writes the program's configuration, says so, and ends with its input.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { direct } from './directory.mjs';
import { free } from './free.mjs';
import { provide } from './provider.mjs';

// Nobody reads after the one line: what the provider says goes where errors go.
console.log = console.error;
console.info = console.error;

const [folder, data] = process.argv.slice(2);
const [own, provider, directory] = [await free(), await free(), await free()];
const address = `http://localhost:${own}`;
const issuer = await provide(provider, address, process.env.ORCHESTRE_TOOLS);
const { slapd, base, certificate } = await direct(directory, folder);
writeFileSync(join(data, 'orchestre.toml'), `[server]
public_url = "${address}"
[sign_in]
break_glass = "solene.kermarrec@ardenval.example"
[ldap]
url = "ldap://127.0.0.1:${directory}"
starttls = true
authority = "${certificate}"
bind_dn = "cn=reader,${base}"
bind_password = "the password of the reader"
base = "ou=people,${base}"
group_base = "ou=groups,${base}"
roles = "kam-all = KAM"
domains = "directory.example"
create = true
[[oidc]]
id = "house"
name = "Ardenval"
issuer = "${issuer}"
client_id = "orchestre"
client_secret = "a-secret-of-the-stories"
scopes = ["profile", "email", "groups"]
group_claim = "groups"
roles = { kam = "KAM" }
domains = ["ardenval.example"]
create = true
`);
process.stdout.write(JSON.stringify({ listen: `127.0.0.1:${own}`, address, issuer, slapd: slapd.pid }) + '\n');
process.stdin.resume();
process.stdin.on('end', () => { slapd.kill(); process.exit(0); });
