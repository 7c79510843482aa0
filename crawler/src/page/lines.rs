//! Collects visible characters into lines.

use super::{Block, Link, Region, Shape};
use crate::text::{Glyph, Text};

/// More lines than any real page has.
const MOST_LINES: usize = 200_000;

/// Lines as they are being read.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) blocks: Vec<Block>,
    glyphs: Vec<Glyph>,
    links: Vec<Link>,
    soft: bool,
    pub(super) full: bool,
}

impl Lines {
    pub(super) fn push(&mut self, glyphs: impl IntoIterator<Item = Glyph>) {
        self.glyphs.extend(glyphs);
    }

    /// A link ends: it belongs to the line it ends in, or to the one before if that was just ended.
    pub(super) fn link(&mut self, link: Link) {
        if self.glyphs.iter().all(|glyph| glyph.char.is_whitespace())
            && let Some(block) = self.blocks.last_mut()
            && block
                .text
                .plain
                .ends_with(crate::text::plain(&link.label).as_str())
            && !link.label.is_empty()
        {
            block.links.push(link);
        } else {
            self.links.push(link);
        }
    }

    /// Ends the line. `soft`: the next one goes on in the same paragraph.
    pub(super) fn end(&mut self, shape: Shape, region: Region, soft: bool) {
        let text = Text::new(std::mem::take(&mut self.glyphs));
        if text.is_empty() && self.links.is_empty() {
            self.soft &= soft;
            return;
        }
        if self.blocks.len() >= MOST_LINES {
            self.full = true;
            self.links.clear();
            return;
        }
        self.blocks.push(Block {
            text,
            shape,
            region,
            soft: self.soft,
            links: std::mem::take(&mut self.links),
        });
        self.soft = soft;
    }
}
