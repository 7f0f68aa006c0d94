// A house of its own for a story: an empty installation that serves, and a mail server that keeps what it is sent.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const listening = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));

/** Takes mail by SMTP as a server without faults does. */
async function sink() {
  const letters = [];
  const server = createServer((socket) => {
    let rest = '';
    let letter = null;
    socket.write('220 sink\r\n');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const lines = (rest + bytes).split('\r\n');
      rest = lines.pop();
      for (const line of lines) {
        if (letter !== null && line !== '.') { letter += `${line}\n`; continue; }
        if (letter !== null) { letters.push(letter); letter = null; socket.write('250 kept\r\n'); continue; }
        const word = line.slice(0, 4).toUpperCase();
        if (word === 'DATA') { letter = ''; socket.write('354 go\r\n'); continue; }
        socket.write(word === 'QUIT' ? '221 bye\r\n' : '250 done\r\n');
      }
    });
  });
  const port = await listening(server);
  server.unref();
  return { port, letters };
}

async function freePort() {
  const server = createServer();
  const port = await listening(server);
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts the house; gives its address, the first administrator's link and a way to read mail. */
async function start() {
  const mail = await sink();
  const folder = mkdtempSync(join(tmpdir(), 'orchestre-house-'));
  const port = await freePort();
  // What the stories are told by is not a setting of the program, which refuses what it does not know.
  const program = process.env.ORCHESTRE_PROGRAM;
  const rest = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ORCHESTRE_')));
  const child = spawn(program, ['serve', '--data', folder, '--listen', `127.0.0.1:${port}`], {
    env: {
      ...rest,
      ORCHESTRE_MAIL_HOST: '127.0.0.1', ORCHESTRE_MAIL_PORT: String(mail.port),
      ORCHESTRE_MAIL_SECURITY: 'none', ORCHESTRE_MAIL_FROM: 'Orchestre <kam@house.example>',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.on('exit', () => { child.kill('SIGKILL'); rmSync(folder, { recursive: true, force: true }); });
  let said = '';
  const first = await new Promise((done, fail) => {
    const hear = (bytes) => {
      said += bytes;
      const link = said.match(/http:\/\/\S+\/sign-in\/link\/[0-9a-f]{64}/);
      if (link) done(link[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => fail(new Error(`the house does not serve: ${said}`)));
  });
  /** Waits for the next letter to an address after so many. */
  const letter = async (index) => {
    for (let tries = 0; tries < 300; tries += 1) {
      if (mail.letters.length > index) return mail.letters[index].replaceAll('=\n', '');
      await new Promise((done) => { setTimeout(done, 100); });
    }
    throw new Error(`letter ${index} did not come: ${mail.letters.length}`);
  };
  return { address: `http://127.0.0.1:${port}`, first, letter, count: () => mail.letters.length };
}

let house;

/** Gives the one house of all stories that need one. */
export const houseOf = () => { house ??= start(); return house; };

/** Gives the link of a letter. */
export const linkOf = (letter) => letter.match(/http:\/\/\S+\/sign-in\/link\/[0-9a-f]{64}/)[0];

/** Gives the code that a phone shows for a key, now or some steps later. */
export function codeOf(key, later = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replaceAll(/[^A-Z2-7]/g, '')].map((one) => letters.indexOf(one).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const digest = createHmac('sha1', secret).update(step).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
