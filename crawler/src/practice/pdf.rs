//! Small PDF files with Japanese words, in the way that many real ones are made: a font that is not
//! part of the file, and a standard map from codes to characters.

use std::fmt::Write;

/// A document of one page with these lines; without lines it is a picture, as of a scanned page.
pub(super) fn document(lines: &[String]) -> Vec<u8> {
    let content = if lines.is_empty() {
        // A grey square stands for the scan.
        "0.8 g 50 50 495 742 re f".to_owned()
    } else {
        let shown: Vec<String> = lines
            .iter()
            .map(|line| format!("<{}> Tj T*", codes(line)))
            .collect();
        format!("BT /F 11 Tf 16 TL 60 780 Td {} ET", shown.join("\n"))
    };
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /MS-Mincho /Encoding /UniJIS-UTF16-H /DescendantFonts [6 0 R] >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /MS-Mincho /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 4 >> /DW 1000 /FontDescriptor 7 0 R >>".to_owned(),
        "<< /Type /FontDescriptor /FontName /MS-Mincho /Flags 4 /FontBBox [0 -137 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -137 /CapHeight 709 /StemV 78 >>".to_owned(),
    ];
    let mut file = "%PDF-1.5\n".to_owned();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(format!("{:010} 00000 n \n", file.len()));
        // Writing to a String cannot fail.
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let start = file.len();
    let size = objects.len() + 1;
    let _ = write!(
        file,
        "xref\n0 {size}\n0000000000 65535 f \n{}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        places.concat()
    );
    file.into_bytes()
}

/// A line in UTF-16 as hexadecimal digits.
fn codes(line: &str) -> String {
    line.encode_utf16().fold(String::new(), |mut digits, code| {
        let _ = write!(digits, "{code:04x}");
        digits
    })
}
