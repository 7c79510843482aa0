//! Exact numbers: fractions for rates, hundredths for thresholds, yen as integers.
//!
//! Money and thresholds are never floating point: 0.99 must lie below 1.00, and 3分の2 is no 0.67.

use crate::text_form;
use std::fmt;
use std::str::FromStr;

/// A rate of support such as 1/2, in lowest terms as the page prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fraction {
    /// Above the line.
    pub numerator: u32,
    /// Below the line, never 0.
    pub denominator: u32,
}

/// A number in hundredths: 99 is 0.99, 1200 is 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hundredths(pub i64);

/// Why a number text was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadNumber(String);

impl fmt::Display for BadNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no exact number: write \"1/2\" for a rate, \"0.99\" or 12 for a threshold",
            self.0
        )
    }
}

impl std::error::Error for BadNumber {}

impl FromStr for Fraction {
    type Err = BadNumber;
    fn from_str(text: &str) -> Result<Fraction, BadNumber> {
        let (numerator, denominator) = text
            .split_once('/')
            .and_then(|(above, below)| Some((above.parse().ok()?, below.parse().ok()?)))
            .filter(|(_, below)| *below != 0)
            .ok_or_else(|| BadNumber(text.to_owned()))?;
        Ok(Fraction {
            numerator,
            denominator,
        })
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl FromStr for Hundredths {
    type Err = BadNumber;
    fn from_str(text: &str) -> Result<Hundredths, BadNumber> {
        let bad = || BadNumber(text.to_owned());
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let (negative, whole) = match whole.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, whole),
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 15 || part.len() > 2 || !digits(whole) || !digits(part)
        {
            return Err(bad());
        }
        let number: i64 = format!("{whole}{part:0<2}").parse().map_err(|_| bad())?;
        Ok(Hundredths(if negative { -number } else { number }))
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.abs() / 100, self.0.abs() % 100);
        if part == 0 {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{part:02}")
        }
    }
}

text_form!(Fraction, "a fraction as text, \"1/2\"");
text_form!(
    Hundredths,
    "a whole number, or up to two decimals as text, \"0.99\""
);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<i64>) {
        assert_eq!(
            text.parse::<Hundredths>().ok().map(|number| number.0),
            expected,
            "{text}"
        );
    }

    #[test]
    fn hundredths_are_exact_or_refused() {
        check("0.99", Some(99));
        check("1.00", Some(100));
        check("1", Some(100));
        check("0.5", Some(50));
        check("-0.5", Some(-50));
        check("0.999", None);
        check("1e3", None);
        check("", None);
        check("１", None);
    }

    #[test]
    fn fractions_have_two_halves() {
        assert!("1/2".parse::<Fraction>().is_ok());
        assert!("1/0".parse::<Fraction>().is_err());
        assert!("0.5".parse::<Fraction>().is_err());
    }
}
