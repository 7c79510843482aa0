//! Takes the bytes of an answer as they come, unpacks them, and stops before there are too many.
//!
//! Only gzip is asked for. What comes packed in another way, or twice, is not unpacked at all: each
//! decoder more is one more way in, and no server needs it.

use super::failure::Failure;
use flate2::write::MultiGzDecoder;
use std::io::{self, Write};

/// Below this size nothing is called a bomb: short and repetitive pages pack very well.
const HARMLESS: u64 = 256 * 1024;

/// How much is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// As it comes.
    pub(super) wire: u64,
    /// Unpacked.
    pub(super) unpacked: u64,
    /// How many times larger it may become.
    pub(super) ratio: u64,
    /// True if what is more is left out instead of refused.
    pub(super) cut: bool,
}

/// The bytes so far.
#[derive(Debug)]
pub(super) struct Sink {
    bounds: Bounds,
    wire: u64,
    unpacking: Unpacking,
}

#[derive(Debug)]
enum Unpacking {
    Plain(Bounded),
    Gzip(Box<MultiGzDecoder<Bounded>>),
}

/// Bytes up to a limit.
#[derive(Debug, Default)]
struct Bounded {
    bytes: Vec<u8>,
    most: u64,
    by_ratio: u64,
    broke: Option<Failure>,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = (self.bytes.len() + bytes.len()) as u64;
        let broke = if length > self.most {
            Failure::TooLarge { most: self.most }
        } else if length > self.by_ratio {
            Failure::Bomb
        } else {
            self.bytes.extend_from_slice(bytes);
            return Ok(bytes.len());
        };
        self.broke = Some(broke);
        Err(io::Error::other("too large"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink {
    /// A place for the bytes of an answer with these values of `Content-Encoding`.
    pub(super) fn new(bounds: Bounds, encodings: &[&str]) -> Result<Sink, Failure> {
        let packed: Vec<&str> = encodings
            .iter()
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("identity"))
            .collect();
        let bounded = Bounded {
            most: bounds.unpacked,
            ..Bounded::default()
        };
        let unpacking = match packed.as_slice() {
            [] => Unpacking::Plain(bounded),
            [name] if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") => {
                Unpacking::Gzip(Box::new(MultiGzDecoder::new(bounded)))
            }
            _ => return Err(Failure::BadEncoding(packed.join(", "))),
        };
        Ok(Sink {
            bounds,
            wire: 0,
            unpacking,
        })
    }

    /// Takes the next bytes; true if no more are wanted.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<bool, Failure> {
        self.wire += bytes.len() as u64;
        if self.bounds.cut
            && let Unpacking::Plain(plain) = &mut self.unpacking
        {
            let room = usize::try_from(self.bounds.unpacked).unwrap_or(usize::MAX);
            let room = room.saturating_sub(plain.bytes.len());
            plain.bytes.extend(bytes.iter().take(room));
            return Ok(bytes.len() >= room);
        }
        if self.wire > self.bounds.wire {
            return Err(Failure::TooLarge {
                most: self.bounds.wire,
            });
        }
        let by_ratio = HARMLESS.max(self.wire.saturating_mul(self.bounds.ratio));
        let (written, broke) = match &mut self.unpacking {
            Unpacking::Plain(plain) => {
                plain.by_ratio = u64::MAX;
                (plain.write_all(bytes), plain.broke.take())
            }
            Unpacking::Gzip(gzip) => {
                gzip.get_mut().by_ratio = by_ratio;
                (gzip.write_all(bytes), gzip.get_mut().broke.take())
            }
        };
        match (broke, written) {
            (Some(failure), _) => Err(failure),
            (None, Err(_)) => Err(Failure::BadEncoding("gzip".to_owned())),
            (None, Ok(())) => Ok(false),
        }
    }

    /// All of it, unpacked.
    pub(super) fn finish(self) -> Result<Vec<u8>, Failure> {
        match self.unpacking {
            Unpacking::Plain(plain) => Ok(plain.bytes),
            Unpacking::Gzip(_) if self.wire == 0 => Ok(Vec::new()),
            Unpacking::Gzip(mut gzip) => match gzip.try_finish() {
                Ok(()) => Ok(std::mem::take(&mut gzip.get_mut().bytes)),
                Err(_) => match gzip.get_mut().broke.take() {
                    Some(failure) => Err(failure),
                    None => Err(Failure::Truncated),
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    const BOUNDS: Bounds = Bounds {
        wire: 1_000_000,
        unpacked: 4_000_000,
        ratio: 100,
        cut: false,
    };

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    /// What comes of bytes that arrive a few at a time.
    fn taken(
        bounds: Bounds,
        encodings: &[&str],
        bytes: &[u8],
        piece: usize,
    ) -> Result<Vec<u8>, Failure> {
        let mut sink = Sink::new(bounds, encodings)?;
        for piece in bytes.chunks(piece) {
            if sink.take(piece)? {
                break;
            }
        }
        sink.finish()
    }

    #[test]
    fn bytes_come_out_as_they_were() {
        let page = "総務省の公募。".repeat(1000).into_bytes();
        for piece in [1, 7, 4096, usize::MAX] {
            assert_eq!(taken(BOUNDS, &[], &page, piece), Ok(page.clone()));
            assert_eq!(taken(BOUNDS, &["identity"], &page, piece), Ok(page.clone()));
            let gzip = packed(&page);
            assert_eq!(taken(BOUNDS, &["gzip"], &gzip, piece), Ok(page.clone()));
            assert_eq!(taken(BOUNDS, &["X-GZIP"], &gzip, piece), Ok(page.clone()));
            // Two members, one after the other, are one body.
            let two = [gzip.clone(), gzip].concat();
            assert_eq!(
                taken(BOUNDS, &["gzip"], &two, piece),
                Ok([page.clone(), page.clone()].concat())
            );
        }
        assert_eq!(taken(BOUNDS, &["gzip"], &[], 1), Ok(Vec::new()));
    }

    #[test]
    fn what_was_not_asked_for_is_not_unpacked() {
        for encodings in [
            &["br"][..],
            &["zstd"],
            &["deflate"],
            &["gzip, gzip"],
            &["gzip", "gzip"],
            &["gzip, br"],
            &["aes128gcm"],
        ] {
            let told = taken(BOUNDS, encodings, b"x", 1);
            assert!(
                matches!(told, Err(Failure::BadEncoding(_))),
                "{encodings:?}: {told:?}"
            );
        }
        let told = taken(BOUNDS, &["gzip"], b"<html>plain</html>", 5);
        assert_eq!(told, Err(Failure::BadEncoding("gzip".to_owned())));
    }

    #[test]
    fn a_broken_packing_is_told() {
        let gzip = packed(&b"a page with some words in it".repeat(50));
        for end in [1, 9, 10, 20, gzip.len() - 9, gzip.len() - 1] {
            assert_eq!(
                taken(BOUNDS, &["gzip"], &gzip[..end], 4),
                Err(Failure::Truncated),
                "cut at {end}"
            );
        }
    }

    #[test]
    fn a_bomb_is_stopped_before_it_fills_the_memory() {
        let bomb = packed(&vec![0; 20_000_000]);
        assert_eq!(taken(BOUNDS, &["gzip"], &bomb, 512), Err(Failure::Bomb));
        // In one piece as well: what unpacks is counted, not what arrives.
        assert!(taken(BOUNDS, &["gzip"], &bomb, usize::MAX).is_err());
        let mut sink = Sink::new(BOUNDS, &["gzip"]).expect("gzip is known");
        assert!(sink.take(&bomb).is_err());
        let Unpacking::Gzip(gzip) = &sink.unpacking else {
            panic!("it is packed");
        };
        assert!(gzip.get_ref().bytes.len() <= 4_000_000);
        // A page that packs well is none.
        let page = b"<td>0</td>".repeat(20_000);
        assert_eq!(taken(BOUNDS, &["gzip"], &packed(&page), 64), Ok(page));
    }

    #[test]
    fn too_much_is_refused_or_cut() {
        let small = Bounds {
            wire: 100,
            unpacked: 50,
            ..BOUNDS
        };
        assert_eq!(
            taken(small, &[], &[b'a'; 51], 10),
            Err(Failure::TooLarge { most: 50 })
        );
        assert_eq!(taken(small, &[], &[b'a'; 50], 10), Ok(vec![b'a'; 50]));
        let wide = Bounds {
            unpacked: 1000,
            ..small
        };
        assert_eq!(
            taken(wide, &[], &[b'a'; 101], 10),
            Err(Failure::TooLarge { most: 100 })
        );
        let cut = Bounds { cut: true, ..small };
        assert_eq!(taken(cut, &[], &[b'a'; 500], 7), Ok(vec![b'a'; 50]));
    }
}
