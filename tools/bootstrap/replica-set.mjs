import { connect } from 'node:net';

/**
 * Makes the mongod at a port the primary of a replica set of one.
 *
 * A handful of commands does not need a driver: this speaks MongoDB's wire protocol (OP_MSG) directly, so it
 * works before packages are installed and answers the moment the server does.
 * @returns true once the server is primary, false while it is still on its way there
 */
export async function ensureReplicaSet(host, port) {
  const member = `${host}:${port}`;
  const hello = await command(host, port, { hello: 1 });
  if (hello === undefined) return false;
  if (hello.isWritablePrimary) return true;
  const current = await command(host, port, { replSetGetConfig: 1 });
  if (current?.code === NOT_YET_INITIALIZED) {
    const config = { _id: 'mfh', members: [{ _id: 0, host: member }] };
    await command(host, port, { replSetInitiate: config });
  } else if (current?.config && current.config.members['0'].host !== member) {
    // The data was written under another port: tell the set where its only member lives now.
    const config = {
      _id: current.config._id,
      version: current.config.version + 1,
      members: [{ _id: 0, host: member }],
    };
    await command(host, port, { replSetReconfig: config, force: true });
  }
  return false;
}

const NOT_YET_INITIALIZED = 94;
const OP_MSG = 2013;

/** Runs one admin command; undefined when the server does not answer. */
function command(host, port, document) {
  return new Promise((resolve) => {
    const body = encode({ ...document, $db: 'admin' });
    const header = Buffer.alloc(21);
    header.writeInt32LE(header.length + body.length, 0);
    header.writeInt32LE(1, 4);
    header.writeInt32LE(OP_MSG, 12);
    const socket = connect({ host, port }, () => socket.write(Buffer.concat([header, body])));
    const done = (value) => {
      socket.destroy();
      resolve(value);
    };
    let received = Buffer.alloc(0);
    socket.setTimeout(5_000, () => done(undefined));
    socket.once('error', () => done(undefined));
    socket.once('close', () => done(undefined));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length >= 4 && received.length >= received.readInt32LE(0)) done(decode(received.subarray(21)));
    });
  });
}

/** BSON for the few types these commands need: int32, text, boolean, document, array. */
function encode(value) {
  const parts = Object.entries(value).map(([key, item]) => {
    const name = Buffer.from(`${key}\0`);
    if (typeof item === 'number') return Buffer.concat([Buffer.from([0x10]), name, int32(item)]);
    if (typeof item === 'boolean') return Buffer.concat([Buffer.from([0x08]), name, Buffer.from([item ? 1 : 0])]);
    if (typeof item === 'string') {
      const text = Buffer.from(`${item}\0`);
      return Buffer.concat([Buffer.from([0x02]), name, int32(text.length), text]);
    }
    return Buffer.concat([Buffer.from([Array.isArray(item) ? 0x04 : 0x03]), name, encode(item)]);
  });
  const content = Buffer.concat(parts);
  return Buffer.concat([int32(content.length + 5), content, Buffer.from([0])]);
}

function int32(number) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(number);
  return bytes;
}

/** Reads a BSON document; types that nobody asks for here are skipped by their size. Arrays become objects. */
function decode(bytes) {
  const result = {};
  let at = 4;
  while (bytes[at] !== 0 && at < bytes.length) {
    const type = bytes[at];
    const end = bytes.indexOf(0, at + 1);
    const key = bytes.toString('utf8', at + 1, end);
    const [value, size] = readValue(type, bytes, end + 1);
    result[key] = value;
    at = end + 1 + size;
  }
  return result;
}

const FIXED_SIZES = { 0x06: 0, 0x07: 12, 0x09: 8, 0x0a: 0, 0x11: 8, 0x13: 16, 0x7f: 0, 0xff: 0 };

function readValue(type, bytes, at) {
  if (type === 0x01) return [bytes.readDoubleLE(at), 8];
  if (type === 0x02) {
    const length = bytes.readInt32LE(at);
    return [bytes.toString('utf8', at + 4, at + 3 + length), 4 + length];
  }
  if (type === 0x03 || type === 0x04) {
    const length = bytes.readInt32LE(at);
    return [decode(bytes.subarray(at, at + length)), length];
  }
  if (type === 0x05) return [undefined, 5 + bytes.readInt32LE(at)];
  if (type === 0x08) return [bytes[at] === 1, 1];
  if (type === 0x10) return [bytes.readInt32LE(at), 4];
  if (type === 0x12) return [Number(bytes.readBigInt64LE(at)), 8];
  const size = FIXED_SIZES[type];
  if (size === undefined) throw new Error(`The server's answer holds the unexpected BSON type ${type}.`);
  return [undefined, size];
}
