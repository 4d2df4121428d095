//! The report of past stock, row by row: a size at a place, and its pieces at the end of each day.

use super::{archive::Text, map::named_warehouse};
use chrono::NaiveDate;
use domain::{observed::ObservedWarehouse, product::StockSource};
use std::io::{BufRead, Read};

/// The longest record that is believed: a real one has a kilobyte.
const LONGEST_RECORD: u64 = 1 << 20;

/// The names under which the seller's warehouses stand as one.
const SELLERS: [&str; 2] = ["Маркетплейс", "Свой склад"];

/// A size at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastLevels {
    /// WB `ChrtID`.
    pub offer: i64,
    /// Where; the seller's warehouses are one place.
    pub warehouse: ObservedWarehouse,
    /// Pieces at the end of each day of the report; `None`: the card was not there.
    pub levels: Vec<Option<i64>>,
}

/// A report that is being read.
pub struct StockHistory {
    text: Text,
    columns: Columns,
    /// Rows read.
    rows: u64,
    malformed: u64,
}

#[derive(Debug)]
struct Columns {
    offer: usize,
    office: usize,
    days: Vec<(usize, NaiveDate)>,
}

impl StockHistory {
    /// Reads the heads of the columns; the error says what is missing.
    pub(super) fn open(mut text: Text) -> Result<Self, String> {
        let heads = record(&mut text)?.ok_or("the report is empty")?;
        let place = |name: &str| {
            let named = |head: &String| head.trim_start_matches('\u{feff}').trim() == name;
            heads.iter().position(named).ok_or_else(|| format!("the report has no column {name}"))
        };
        let day = |(at, head): (usize, &String)| {
            Some((at, NaiveDate::parse_from_str(head.trim(), "%d.%m.%Y").ok()?))
        };
        let mut days: Vec<(usize, NaiveDate)> = heads.iter().enumerate().filter_map(day).collect();
        days.sort_unstable_by_key(|(_, date)| *date);
        let columns = Columns { offer: place("ChrtID")?, office: place("OfficeName")?, days };
        Ok(Self { text, columns, rows: 0, malformed: 0 })
    }

    /// The days, in their order.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.columns.days.iter().map(|(_, date)| *date)
    }

    /// The next rows, at most so many; none: the report is over. The error says why it can't be read on.
    pub fn next_batch(&mut self, most: usize) -> Result<Vec<PastLevels>, String> {
        let mut batch = Vec::with_capacity(most.min(1000));
        while batch.len() < most {
            let Some(fields) = record(&mut self.text)? else { break };
            self.rows += 1;
            match self.columns.levels(&fields) {
                Some(levels) => batch.push(levels),
                None => self.malformed += 1,
            }
        }
        Ok(batch)
    }

    /// Rows read so far, and how many of them could not be understood.
    pub fn counts(&self) -> (u64, u64) {
        (self.rows, self.malformed)
    }
}

impl Columns {
    fn levels(&self, fields: &[String]) -> Option<PastLevels> {
        let offer = fields.get(self.offer)?.trim().parse().ok()?;
        let office = fields.get(self.office)?.trim();
        let mut warehouse = named_warehouse(office);
        if SELLERS.contains(&office) {
            warehouse.source = StockSource::Seller;
        }
        let levels = self
            .days
            .iter()
            .map(|(at, _)| match fields.get(*at).map_or("", |field| field.trim()) {
                "" => Some(None),
                number => number.parse::<i64>().ok().map(|pieces| Some(pieces.max(0))),
            })
            .collect::<Option<Vec<_>>>()?;
        Some(PastLevels { offer, warehouse, levels })
    }
}

/// The next record of a CSV: fields in quotes may hold commas, doubled quotes and new lines.
fn record(text: &mut Text) -> Result<Option<Vec<String>>, String> {
    let unreadable = |_| "the report breaks off".to_owned();
    let mut line = Vec::new();
    loop {
        let before = line.len();
        text.by_ref().take(LONGEST_RECORD).read_until(b'\n', &mut line).map_err(unreadable)?;
        if line.is_empty() {
            return Ok(None);
        }
        if line.len() as u64 > LONGEST_RECORD {
            return Err("the report has a record without an end".to_owned());
        }
        let is_open = line.iter().fold(false, |open, byte| open ^ (*byte == b'"'));
        let at_end = line.len() == before;
        if is_open && at_end {
            return Err("the report breaks off within a text".to_owned());
        }
        if is_open {
            continue;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            line.clear();
            continue;
        }
        let text = String::from_utf8(line).map_err(|_| "the report is no UTF-8".to_owned())?;
        return Ok(Some(fields(text.trim_end_matches(['\r', '\n']))));
    }
}

fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let (mut quoted, mut letters) = (false, line.chars().peekable());
    while let Some(letter) = letters.next() {
        let Some(field) = fields.last_mut() else { break };
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            letter => field.push(letter),
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::{super::archive, *};

    fn history(csv: &str) -> Result<StockHistory, String> {
        StockHistory::open(archive::open(csv.as_bytes().to_vec()).unwrap())
    }

    #[test]
    fn the_official_example_is_read() {
        let csv = "VendorCode,Name,NmID,SubjectName,BrandName,SizeName,ChrtID,OfficeName,13.12.2025,14.12.2025,15.12.2025\n\
            41058/прозрачный,Чехол для телефона прозрачный111,5870243,Чехлы для телефонов,Arizona.kz,-,20964883,Склад WB,1,1,1\n\
            41058/прозрачный,\"Чехол, \"\"новый\"\"\nи прозрачный\",5870243,Чехлы,Arizona.kz,-,20964883,Маркетплейс,,997,923\r\n\
            \n123401,Кроссовки,14917832,Кофе молотый,,-,43807553,Склад WB,4,0,23";
        let mut history = history(csv).unwrap();
        let days: Vec<_> = history.days().map(|day| day.to_string()).collect();
        assert_eq!(days, ["2025-12-13", "2025-12-14", "2025-12-15"]);
        let first = history.next_batch(2).unwrap();
        assert_eq!((first.len(), first[0].offer), (2, 20_964_883));
        assert_eq!(first[0].levels, [Some(1), Some(1), Some(1)]);
        assert_eq!(first[0].warehouse.source, StockSource::Marketplace);
        assert_eq!(first[1].levels, [None, Some(997), Some(923)]);
        assert_eq!(first[1].warehouse.source, StockSource::Seller);
        assert_eq!(history.next_batch(9).unwrap()[0].levels, [Some(4), Some(0), Some(23)]);
        assert!(history.next_batch(9).unwrap().is_empty());
        assert_eq!(history.counts(), (3, 0));
    }

    #[test]
    fn columns_may_stand_in_another_order_and_new_ones_do_no_harm() {
        let csv = "\u{feff}OfficeName,New,02.01.2026,ChrtID,01.01.2026\nСвой склад,x,7,5,3\nМинск,x,y,5,3\n";
        let mut history = history(csv).unwrap();
        let rows = history.next_batch(9).unwrap();
        assert_eq!((rows.len(), &rows[0].levels), (1, &vec![Some(3), Some(7)]));
        assert_eq!(rows[0].warehouse.source, StockSource::Seller);
        assert_eq!(history.counts(), (2, 1));
    }

    #[test]
    fn what_is_no_report_is_refused() {
        let refused = |csv| history(csv).err().unwrap();
        assert_eq!(refused("a,b\n1,2\n"), "the report has no column ChrtID");
        assert_eq!(refused(""), "the report is empty");
        let mut open = history("ChrtID,OfficeName,01.01.2026\n5,\"x\n").unwrap();
        assert!(open.next_batch(9).unwrap_err().contains("breaks off"));
    }
}
