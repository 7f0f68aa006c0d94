// A private slapd with a few people and groups in groups, for the browser stories.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

const BASE = 'dc=directory,dc=example';
const person = (uid, name, more = '') => `dn: uid=${uid},ou=people,${BASE}
objectClass: inetOrgPerson
objectClass: shadowAccount
uid: ${uid}
cn: ${name}
sn: ${name.split(' ').pop()}
displayName: ${name}
mail: ${uid}@directory.example
preferredLanguage: fr-FR
userPassword: the password of ${uid}
${more}
`;
const group = (name, ...members) => `dn: cn=${name},ou=groups,${BASE}
objectClass: groupOfNames
cn: ${name}
${members.map((member) => `member: ${member}`).join('\n')}

`;
const PEOPLE = `dn: ${BASE}
objectClass: dcObject
objectClass: organization
dc: directory
o: Directory

dn: ou=people,${BASE}
objectClass: organizationalUnit
ou: people

dn: ou=groups,${BASE}
objectClass: organizationalUnit
ou: groups

${person('nadia', 'Nadia Morel')}${person('jean', 'Jean Gone', 'shadowExpire: 1\n')}${person('oscar', 'Oscar (Lys) * Outside')}`
  + group('kam-lyon', `uid=nadia,ou=people,${BASE}`, `cn=kam-all,ou=groups,${BASE}`)
  + group('kam-all', `cn=kam-lyon,ou=groups,${BASE}`);

const schema = ['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include /etc/ldap/schema/${name}.schema`).join('\n');

const reached = (port) => new Promise((done) => {
  const socket = connect(port, '127.0.0.1', () => { socket.end(); done(true); });
  socket.on('error', () => done(false));
});

/** Starts slapd on a port; gives its process, its base and the file of its certificate. */
export const direct = async (port, folder) => {
  const at = (name) => join(folder, name);
  mkdirSync(at('data'), { recursive: true });
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1',
    '-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'basicConstraints=critical,CA:FALSE',
    '-keyout', at('key.pem'), '-out', at('certificate.pem')], { stdio: 'ignore' });
  writeFileSync(at('slapd.conf'), `${schema}
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${at('slapd.pid')}
TLSCertificateFile ${at('certificate.pem')}
TLSCertificateKeyFile ${at('key.pem')}
security tls=1
database mdb
suffix "${BASE}"
rootdn "cn=reader,${BASE}"
rootpw "the password of the reader"
directory ${at('data')}
`);
  writeFileSync(at('people.ldif'), PEOPLE);
  const find = 'PATH=$PATH:/usr/sbin:/usr/libexec';
  execFileSync('sh', ['-c', `${find}; slapadd -f "$0" -l "$1"`, at('slapd.conf'), at('people.ldif')], { stdio: ['ignore', 'ignore', 'inherit'] });
  const slapd = spawn('sh', ['-c', `${find}; exec slapd -f "$0" -h "$1" -d 0`, at('slapd.conf'), `ldap://127.0.0.1:${port}`], { stdio: 'ignore' });
  const until = Date.now() + 20_000;
  while (!await reached(port)) {
    if (slapd.exitCode !== null || Date.now() > until) throw new Error('slapd does not listen');
    await new Promise((done) => { setTimeout(done, 50); });
  }
  return { slapd, base: BASE, certificate: at('certificate.pem') };
};
