//! Where each cell stands, with cells that cover several rows and columns, in tables inside tables.

use super::super::Cell;

/// More than any real table has; a span is a number a page can write freely.
const WIDEST: usize = 200;
const LONGEST: usize = 2_000;

/// The tables that are open, innermost last.
#[derive(Debug, Default)]
pub(super) struct Tables {
    open: Vec<Table>,
    seen: usize,
}

#[derive(Debug, Default)]
struct Table {
    number: usize,
    row: Option<usize>,
    column: usize,
    cell: Option<Cell>,
    /// For each column how many further rows a cell from above still covers.
    covered: Vec<usize>,
}

impl Tables {
    pub(super) fn open(&mut self) {
        self.open.push(Table {
            number: self.seen,
            ..Table::default()
        });
        self.seen += 1;
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    pub(super) fn row(&mut self) {
        if let Some(table) = self.open.last_mut() {
            if table.row.is_some() {
                table
                    .covered
                    .iter_mut()
                    .for_each(|rows| *rows = rows.saturating_sub(1));
            }
            table.row = Some(table.row.map_or(0, |row| row + 1));
            table.column = 0;
            table.cell = None;
        }
    }

    pub(super) fn cell(&mut self, header: bool, rows: Option<usize>, columns: Option<usize>) {
        if self.open.last().is_some_and(|table| table.row.is_none()) {
            self.row();
        }
        let Some(table) = self.open.last_mut() else {
            return;
        };
        while table
            .covered
            .get(table.column)
            .is_some_and(|&rows| rows > 0)
        {
            table.column += 1;
        }
        let rows = rows.unwrap_or(1).clamp(1, LONGEST);
        let columns = columns.unwrap_or(1).clamp(1, WIDEST);
        let end = (table.column + columns).min(WIDEST * 5);
        if table.covered.len() < end {
            table.covered.resize(end, 0);
        }
        for covered in table.covered.iter_mut().take(end).skip(table.column) {
            *covered = rows;
        }
        table.cell = Some(Cell {
            table: table.number,
            row: table.row.unwrap_or(0),
            rows,
            column: table.column,
            columns,
            header,
        });
        table.column = end;
    }

    pub(super) fn end_cell(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.cell = None;
        }
    }

    pub(super) fn current(&self) -> Option<Cell> {
        self.open.last().and_then(|table| table.cell)
    }
}
