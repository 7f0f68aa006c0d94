// Starts the provider alone for the program at an address, says its issuer, and ends with its input.
import { free } from './free.mjs';
import { provide } from './provider.mjs';

// Nobody reads after the one line: what the provider says goes where errors go.
console.log = console.error;
console.info = console.error;

const issuer = await provide(await free(), process.argv[2], process.env.ORCHESTRE_TOOLS);
process.stdout.write(`${issuer}\n`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
