// Reads the objects of a folder made by Objects.java, and prints the result of each call of a reader for Node.js, like
// read.py. The text of a call is the code that runs.
//     node read.mjs FOLDER node|node-zstd
// node: the libraries, and calls that every Node.js has; node-zstd: calls that differ between its versions.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import * as fflate from 'fflate';
import * as fzstd from 'fzstd';
import * as pako from 'pako';
import { ZSTDDecoder } from 'zstddec';

const LINES = 15000; // of an object
const FIRST = 25; // of its first frame with lines
const HOUR = 'dt=2026-11-29/hour=01';

// Every frame of zstd data: `info` reports how many bytes of the input a frame took.
function* zstdFrames(data) {
  while (data.length > 0) {
    const { buffer, engine } = zlib.zstdDecompressSync(data, { info: true });
    yield buffer;
    data = data.subarray(engine.bytesWritten);
  }
}

// A decoder of these two libraries calls back with each piece.
function pushed(Decoder, data) {
  const pieces = [];
  const decoder = new Decoder((piece) => pieces.push(piece));
  decoder.push(data, true);
  return pieces;
}

async function zstddec(data) {
  const decoder = new ZSTDDecoder();
  await decoder.init();
  return decoder.decode(data);
}

// [reader, codec, call]. In a call: data is the object's bytes, file is a stream of them.
const pinned = `Node.js ${process.version.slice(1)}`;
const nodes = [
  [pinned, 'zstd', 'zlib.zstdDecompressSync(data)'],
  [pinned, 'zstd', 'file.pipe(zlib.createZstdDecompress())'],
  [pinned, 'zstd', 'zstdFrames(data)'],
  [pinned, 'gzip', "new Blob([data]).stream().pipeThrough(new DecompressionStream('gzip'))"],
];
const libraries = [
  ['Node.js', 'gzip', 'zlib.gunzipSync(data)'],
  ['Node.js', 'gzip', 'file.pipe(zlib.createGunzip())'],
  [versioned('fzstd'), 'zstd', 'fzstd.decompress(data)'],
  [versioned('fzstd'), 'zstd', 'pushed(fzstd.Decompress, data)'],
  [versioned('zstddec'), 'zstd', 'zstddec(data)'],
  [versioned('fflate'), 'gzip', 'fflate.gunzipSync(data)'],
  [versioned('fflate'), 'gzip', 'pushed(fflate.Gunzip, data)'],
  [versioned('pako'), 'gzip', 'pako.ungzip(data)'],
];
function versioned(name) {
  const text = fs.readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url));
  return `${name} ${JSON.parse(text).version}`;
}

function newlines(bytes) {
  let count = 0;
  for (const byte of bytes) if (byte === 10) count++;
  return count;
}

async function lines(result) {
  if (result instanceof Uint8Array) return newlines(result);
  let count = 0;
  for await (const piece of result) count += newlines(piece);
  return count;
}

async function outcome(codec, folder, call) {
  const hour = path.join(process.argv[2], codec, folder, HOUR);
  let total = 0;
  try {
    for (const name of fs.readdirSync(hour).sort()) {
      const object = path.join(hour, name);
      total += await lines(await run(call, fs.readFileSync(object), fs.createReadStream(object)));
    }
  } catch (failure) {
    process.stderr.write(`${call}: ${failure.message}\n`);
    return 'error';
  }
  const names = { 0: '**none**', [FIRST]: '**first frame only**', [LINES]: 'all' };
  return names[total] ?? `**${total} lines**`;
}

// Runs code with this module's imports.
function run(call, data, file) {
  return eval(call);
}

const [, , , table] = process.argv;
for (const [reader, codec, call] of table === 'node' ? libraries : nodes) {
  const plain = await outcome(codec, 'plain', call);
  const cells = [codec === 'zstd' ? plain : '–', codec === 'gzip' ? plain : '–', await outcome(codec, 'hour', call)];
  console.log(`${table}\t| ${reader} | \`${call}\` | ${cells.join(' | ')} |`);
}
