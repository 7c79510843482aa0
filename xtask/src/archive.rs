//! Zip files: the same files on the same day give the same bytes.
//!
//! It knows names and bytes, not what they are for.

use std::io::{Cursor, Write as _};

use anyhow::{Context, Result};
use shared::Day;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::site::File;

/// Packs the files in their order. All bear the day as their date: unpacked and uploaded, a server
/// tells an update from what it replaced.
pub fn pack(files: &[File], day: Day) -> Result<Vec<u8>> {
    let (year, month, date) = day.ymd();
    let year = u16::try_from(year).context("the year of the files")?;
    let modified = DateTime::from_date_and_time(year, month, date, 0, 0, 0)
        .context("zip files know the years from 1980 to 2107")?;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(modified)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for File { path, bytes } in files {
        zip.start_file(path.as_str(), options)
            .and_then(|()| Ok(zip.write_all(bytes)?))
            .with_context(|| format!("packing {path}"))?;
    }
    Ok(zip.finish().context("ending the zip file")?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn what_is_packed_is_there_and_the_same_input_gives_the_same_bytes() -> Result<()> {
        let day = Day::from_ymd(2026, 11, 24).context("a day")?;
        let files = [
            File::new("x/.htaccess", "AddType"),
            File::new("x/v/a.wasm", vec![7; 5000]),
        ];
        let packed = pack(&files, day)?;
        assert!(packed.len() < 1000, "{} bytes", packed.len());
        let mut zip = zip::ZipArchive::new(Cursor::new(&packed))?;
        let names: Vec<_> = zip.file_names().collect::<Result<_, _>>()?;
        assert_eq!(names, ["x/.htaccess", "x/v/a.wasm"]);
        let mut entry = zip.by_name("x/v/a.wasm")?;
        let date = entry.last_modified().context("a date")?;
        assert_eq!((date.year(), date.month(), date.day()), (2026, 11, 24));
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        assert_eq!(bytes, vec![7; 5000]);
        drop(entry);
        assert_eq!(packed, pack(&files, day)?);
        assert_ne!(packed, pack(&files, Day(day.0 + 1))?);
        assert!(pack(&files, Day(0)).is_err(), "zip files know no 1970");
        Ok(())
    }
}
