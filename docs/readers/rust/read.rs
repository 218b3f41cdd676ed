//! Reads the objects of a folder made by Objects.java, and prints the result of each call of a reader for Rust.
//!
//!     cargo run -- FOLDER

use std::io::{Error, Read, Result};
use std::{env, fs, path::Path};

use async_compression::futures::bufread::{GzipDecoder, ZstdDecoder};
use flate2::read::{GzDecoder, MultiGzDecoder};
use futures::{executor::block_on, io::AsyncReadExt};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

const LINES: usize = 15_000; // of an object
const FIRST: usize = 25; // of its first frame with lines
const HOUR: &str = "dt=2026-11-29/hour=01";

type Call = (&'static str, &'static str, &'static str, fn(&[u8]) -> Result<Vec<u8>>);

fn all(mut reader: impl Read) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    reader.read_to_end(&mut out)?;
    Ok(out)
}

/// Every frame of zstd data: a StreamingDecoder ends with its frame and leaves the rest in the slice.
fn ruzstd_frames(mut data: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    while !data.is_empty() {
        StreamingDecoder::new(&mut data).map_err(Error::other)?.read_to_end(&mut out)?;
    }
    Ok(out)
}

fn ruzstd_all(data: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(64 << 20);
    FrameDecoder::new().decode_all_to_vec(data, &mut out).map_err(Error::other)?;
    Ok(out)
}

fn async_zstd(data: &[u8], multiple: bool) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut decoder = ZstdDecoder::new(data);
    decoder.multiple_members(multiple);
    block_on(decoder.read_to_end(&mut out))?;
    Ok(out)
}

fn async_gzip(data: &[u8], multiple: bool) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut decoder = GzipDecoder::new(data);
    decoder.multiple_members(multiple);
    block_on(decoder.read_to_end(&mut out))?;
    Ok(out)
}

const CALLS: [Call; 11] = [
    ("zstd 0.14.4", "zstd", "zstd::Decoder::new(file)", |data| all(zstd::Decoder::new(data)?)),
    ("zstd 0.14.4", "zstd", "zstd::decode_all(file)", |data| zstd::decode_all(data)),
    ("ruzstd 0.9.1", "zstd", "StreamingDecoder::new(file)", |data| all(StreamingDecoder::new(data).map_err(Error::other)?)),
    ("ruzstd 0.9.1", "zstd", "ruzstd_frames(data)", ruzstd_frames),
    ("ruzstd 0.9.1", "zstd", "FrameDecoder::new().decode_all_to_vec(data, &mut out)", ruzstd_all),
    ("async-compression 0.4.52", "zstd", "ZstdDecoder::new(file)", |data| async_zstd(data, false)),
    ("async-compression 0.4.52", "zstd", "decoder.multiple_members(true)", |data| async_zstd(data, true)),
    ("async-compression 0.4.52", "gzip", "GzipDecoder::new(file)", |data| async_gzip(data, false)),
    ("async-compression 0.4.52", "gzip", "decoder.multiple_members(true)", |data| async_gzip(data, true)),
    ("flate2 1.1.11", "gzip", "GzDecoder::new(file)", |data| all(GzDecoder::new(data))),
    ("flate2 1.1.11", "gzip", "MultiGzDecoder::new(file)", |data| all(MultiGzDecoder::new(data))),
];

/// The result of a call for all objects of an hour.
fn outcome(hour: &Path, read: fn(&[u8]) -> Result<Vec<u8>>) -> String {
    let mut total = 0;
    for entry in fs::read_dir(hour).expect("the folder of an hour") {
        let data = fs::read(entry.expect("an object").path()).expect("an object's bytes");
        match read(&data) {
            Ok(text) => total += text.iter().filter(|&&byte| byte == b'\n').count(),
            Err(failure) => {
                eprintln!("{failure}");
                return "error".to_owned();
            }
        }
    }
    match total {
        LINES => "all".to_owned(),
        0 => "**none**".to_owned(),
        FIRST => "**first frame only**".to_owned(),
        _ => format!("**{total} lines**"),
    }
}

fn main() {
    let root = env::args().nth(1).expect("a folder");
    for (reader, codec, text, read) in CALLS {
        let of = |folder: &str| outcome(&Path::new(&root).join(codec).join(folder).join(HOUR), read);
        let (zstd, gzip) = if codec == "zstd" { (of("plain"), "–".to_owned()) } else { ("–".to_owned(), of("plain")) };
        println!("rust\t| {reader} | `{text}` | {zstd} | {gzip} | {} |", of("hour"));
    }
}
