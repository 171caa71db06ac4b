import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { PlainError } from '../../tools/bootstrap/plain-error.mjs';

/**
 * Makes sure that one data folder serves one running system.
 * The file names a loopback port on which its owner answers with a secret word: a process id alone could by now
 * belong to another program, an open door with the right word cannot.
 * @returns `{release(), leftovers}`; `leftovers` is what an owner that was killed had recorded
 */
export async function takeInstanceLock(file, publicUrl) {
  const previous = read(file);
  if (previous && (await answers(previous))) {
    throw new PlainError(
      `MyFusion Helper is already running from this folder: ${previous.publicUrl} (process ${previous.pid}; Ctrl-C there stops it).`,
    );
  }
  const word = randomUUID();
  const door = createServer((socket) => socket.end(word));
  await new Promise((resolve) => door.listen(0, '127.0.0.1', resolve));
  const owner = { pid: process.pid, publicUrl, port: door.address().port, word, processes: [] };
  const write = () => writeFileSync(file, JSON.stringify(owner), { mode: 0o600 });
  write();
  return {
    leftovers: previous?.processes ?? [],
    record: (name, pid) => {
      owner.processes.push({ name, pid });
      write();
    },
    release: () => {
      door.close();
      rmSync(file, { force: true });
    },
  };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function answers({ port, word }) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let heard = '';
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('data', (chunk) => (heard += chunk));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(heard === word));
  });
}
