//! XLSX written as it is read: sheets first, what names them last, so that nothing waits for the end. At Excel's row
//! limit a further sheet begins.
//!
//! A library builds the whole file before the first byte can leave; here a page of rows leaves as soon as it is
//! compressed, and memory does not grow with rows.

mod sheet;
mod zip;

use super::{cell::Cell, columns::Column};
use domain::Locale;
use sheet::Sheet;
use std::{fmt::Write as _, io};
use zip::Zip;

/// Excel's limit, the heading counted.
const MOST_ROWS: u32 = 1_048_576;
/// A part of the archive stays below what 32 bits count.
const MOST_BYTES: u64 = 3 << 30;

/// A workbook of one list.
pub(super) struct Xlsx {
    zip: Zip,
    sheet: Option<Sheet>,
    sheets: u32,
    title: &'static str,
    columns: &'static [Column],
    locale: Locale,
    most_rows: u32,
}

impl Xlsx {
    pub(super) fn new(title: &'static str, columns: &'static [Column], locale: Locale) -> Self {
        Self {
            zip: Zip::new(),
            sheet: None,
            sheets: 0,
            title,
            columns,
            locale,
            most_rows: MOST_ROWS,
        }
    }

    /// Writes a row.
    pub(super) fn row<'a>(&mut self, cells: impl Iterator<Item = Cell<'a>>) -> io::Result<()> {
        if self.sheet.as_ref().is_some_and(|s| s.rows >= self.most_rows || s.bytes >= MOST_BYTES) {
            self.end_sheet()?;
        }
        if self.sheet.is_none() {
            self.begin_sheet()?;
        }
        if let Some(sheet) = &mut self.sheet {
            sheet.row(cells);
        }
        Ok(())
    }

    /// What is written so far.
    pub(super) fn take(&mut self) -> io::Result<Vec<u8>> {
        if let Some(sheet) = &mut self.sheet {
            self.zip.write(sheet.take().as_bytes())?;
        }
        Ok(self.zip.take())
    }

    /// Ends the file; what is left of it.
    pub(super) fn end(mut self) -> io::Result<Vec<u8>> {
        if self.sheets == 0 {
            self.begin_sheet()?;
        }
        self.end_sheet()?;
        let (mut kinds, mut sheets, mut relations) = (String::new(), String::new(), String::new());
        // Writing to a String can't fail.
        for n in 1..=self.sheets {
            let _ = write!(
                kinds,
                r#"<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#
            );
            let title = if n == 1 { self.title.to_owned() } else { format!("{} {n}", self.title) };
            let _ = write!(sheets, r#"<sheet name="{title}" sheetId="{n}" r:id="rId{n}"/>"#);
            let _ = write!(
                relations,
                r#"<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>"#
            );
        }
        let styles = self.sheets + 1;
        self.part("[Content_Types].xml", &format!(r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{kinds}</Types>"#))?;
        self.part("_rels/.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#)?;
        self.part("xl/workbook.xml", &format!(r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>"#))?;
        self.part("xl/_rels/workbook.xml.rels", &format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}<Relationship Id="rId{styles}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#))?;
        self.part("xl/styles.xml", sheet::STYLES)?;
        self.zip.finish()
    }

    fn begin_sheet(&mut self) -> io::Result<()> {
        self.sheets += 1;
        self.zip.begin(&format!("xl/worksheets/sheet{}.xml", self.sheets))?;
        self.sheet = Some(Sheet::new(self.columns, self.locale));
        Ok(())
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        let Some(sheet) = self.sheet.take() else { return Ok(()) };
        self.zip.write(sheet.end().as_bytes())?;
        self.zip.end()
    }

    fn part(&mut self, name: &str, xml: &str) -> io::Result<()> {
        self.zip.begin(name)?;
        self.zip.write(br#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#)?;
        self.zip.write(xml.as_bytes())?;
        self.zip.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::DeflateDecoder;
    use std::io::Read;

    static COLUMNS: &[Column] = &[];

    /// The names and texts of an archive, read by its directory at the end.
    pub(super) fn parts(file: &[u8]) -> Vec<(String, String)> {
        let u16_at = |at: usize| usize::from(u16::from_le_bytes([file[at], file[at + 1]]));
        let u32_at = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        let end = file.len() - 22;
        assert_eq!(&file[end..end + 4], b"PK\x05\x06");
        let (count, mut at) = (u16_at(end + 10), u32_at(end + 16));
        let mut parts = Vec::new();
        for _ in 0..count {
            assert_eq!(&file[at..at + 4], b"PK\x01\x02");
            let (crc, packed, size) = (u32_at(at + 16), u32_at(at + 20), u32_at(at + 24));
            let (name, extra, offset) = (u16_at(at + 28), u16_at(at + 30), u32_at(at + 42));
            let text = String::from_utf8(file[at + 46..at + 46 + name].to_vec()).unwrap();
            assert_eq!(&file[offset..offset + 4], b"PK\x03\x04");
            let data = offset + 30 + u16_at(offset + 26) + u16_at(offset + 28);
            let mut xml = String::new();
            DeflateDecoder::new(&file[data..data + packed]).read_to_string(&mut xml).unwrap();
            let mut sum = flate2::Crc::new();
            sum.update(xml.as_bytes());
            assert_eq!((sum.sum() as usize, xml.len()), (crc, size), "{text}");
            parts.push((text, xml));
            at += 46 + name + extra;
        }
        parts
    }

    fn file(rows: usize, most: u32) -> Vec<(String, String)> {
        let mut book = Xlsx::new("Товары", COLUMNS, Locale::Ru);
        book.most_rows = most;
        let mut file = Vec::new();
        for n in 0..rows {
            let cells = [
                Cell::Int(i64::try_from(n).unwrap()),
                Cell::Text("=1+1".into()),
                Cell::Empty,
                Cell::Tenths(-5),
                Cell::Moment(1_789_473_600),
            ];
            book.row(cells.into_iter()).unwrap();
            file.extend(book.take().unwrap());
        }
        file.extend(book.end().unwrap());
        parts(&file)
    }

    #[test]
    fn cells_are_values() {
        let parts = file(1, 10);
        let sheet = &parts[0];
        assert_eq!(sheet.0, "xl/worksheets/sheet1.xml");
        assert!(sheet.1.contains(r#"<c r="A2" s="2"><v>0</v></c>"#), "{}", sheet.1);
        assert!(sheet.1.contains(r#"<c r="B2" s="7" t="inlineStr"><is><t>=1+1</t></is></c>"#));
        assert!(!sheet.1.contains("<f>") && !sheet.1.contains("C2"));
        assert!(sheet.1.contains("<v>-0.5</v>"), "{}", sheet.1);
        // 15 September 2026, noon.
        assert!(sheet.1.contains("<v>46280.500000</v>"), "{}", sheet.1);
        assert!(sheet.1.contains(r#"state="frozen""#));
    }

    #[test]
    fn at_the_row_limit_a_further_sheet_begins() {
        let parts = file(5, 3);
        let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names[..3],
            ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"]
        );
        let book = &parts.iter().find(|(name, _)| name == "xl/workbook.xml").unwrap().1;
        assert!(book.contains(r#"name="Товары 3""#), "{book}");
        assert_eq!(parts[1].1.matches("<row ").count(), 3, "a heading and two rows");
        assert_eq!(parts[2].1.matches("<row ").count(), 2);
    }

    #[test]
    fn an_empty_list_is_a_heading() {
        let parts = file(0, 3);
        assert_eq!(parts[0].1.matches("<row ").count(), 1);
    }
}
