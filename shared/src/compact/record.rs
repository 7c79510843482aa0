//! How each kind of value is written and read, and the words to say it for a type of the data.
//!
//! `record!` lists the fields of a type, `variants!` the cases of an enum; a field that is forgotten
//! does not compile.

use super::stream::{Reader, Table, Writer};
use crate::map::Map;

/// A value that a compact file can hold.
pub(super) trait Compact: Sized {
    fn write(&self, to: &mut Writer);
    fn read(from: &mut Reader) -> Self;
}

/// A type with named fields. What stands after `without` is not in the file: maintainers alone read
/// it.
macro_rules! record {
    ($type:ident { $($field:ident),+ $(,)? } $(without { $($left:ident),+ })?) => {
        impl Compact for $type {
            fn write(&self, to: &mut Writer) {
                $(self.$field.write(to);)+
            }
            fn read(from: &mut Reader) -> Self {
                Self {
                    $($field: Compact::read(from),)+
                    $($($left: Default::default(),)+)?
                }
            }
        }
    };
}

/// An enum: its cases in order, with what is in them.
macro_rules! variants {
    ($type:ident: $count:literal {
        $($number:literal $variant:ident $(($($part:ident),+))? $({ $($field:ident),+ })?),+ $(,)?
    }) => {
        impl Compact for $type {
            fn write(&self, to: &mut Writer) {
                match self {
                    $(Self::$variant $(($($part),+))? $({ $($field),+ })? => {
                        to.number($number);
                        $($($part.write(to);)+)?
                        $($($field.write(to);)+)?
                    })+
                }
            }
            fn read(from: &mut Reader) -> Self {
                match from.variant($count) {
                    $($number => {
                        $($(let $part = Compact::read(from);)+)?
                        $($(let $field = Compact::read(from);)+)?
                        Self::$variant $(($($part),+))? $({ $($field),+ })?
                    })+
                    _ => unreachable!("`variant` gives less than the count"),
                }
            }
        }
    };
}

/// A type around one other.
macro_rules! wrapper {
    ($($type:ident),+ $(,)?) => {$(
        impl Compact for $type {
            fn write(&self, to: &mut Writer) {
                self.0.write(to);
            }
            fn read(from: &mut Reader) -> Self {
                Self(Compact::read(from))
            }
        }
    )+};
}

/// An id.
macro_rules! ids {
    ($($type:ident),+ $(,)?) => {$(
        impl Compact for $type {
            fn write(&self, to: &mut Writer) {
                to.text(Table::Ids, &self.0);
            }
            fn read(from: &mut Reader) -> Self {
                Self(from.text(Table::Ids))
            }
        }
    )+};
}

macro_rules! numbers {
    ($($type:ident),+) => {$(
        impl Compact for $type {
            fn write(&self, to: &mut Writer) {
                to.number(u64::from(*self));
            }
            fn read(from: &mut Reader) -> Self {
                Self::try_from(from.number()).unwrap_or_else(|_| {
                    from.damaged = true;
                    0
                })
            }
        }
    )+};
}

pub(super) use {ids, record, variants, wrapper};

numbers!(u8, u16, u32, u64);

impl Compact for i64 {
    fn write(&self, to: &mut Writer) {
        // Small numbers of either sign are short.
        to.number(((self << 1) ^ (self >> 63)).cast_unsigned());
    }
    fn read(from: &mut Reader) -> Self {
        let number = from.number();
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }
}

impl Compact for i32 {
    fn write(&self, to: &mut Writer) {
        i64::from(*self).write(to);
    }
    fn read(from: &mut Reader) -> Self {
        i32::try_from(i64::read(from)).unwrap_or_else(|_| {
            from.damaged = true;
            0
        })
    }
}

impl Compact for bool {
    fn write(&self, to: &mut Writer) {
        to.number(u64::from(*self));
    }
    fn read(from: &mut Reader) -> Self {
        from.variant(2) == 1
    }
}

impl Compact for String {
    fn write(&self, to: &mut Writer) {
        to.text(Table::Prose, self);
    }
    fn read(from: &mut Reader) -> Self {
        from.text(Table::Prose)
    }
}

impl<T: Compact> Compact for Option<T> {
    fn write(&self, to: &mut Writer) {
        to.number(u64::from(self.is_some()));
        if let Some(value) = self {
            value.write(to);
        }
    }
    fn read(from: &mut Reader) -> Self {
        (from.variant(2) == 1).then(|| T::read(from))
    }
}

impl<T: Compact> Compact for Vec<T> {
    fn write(&self, to: &mut Writer) {
        to.number(self.len() as u64);
        for value in self {
            value.write(to);
        }
    }
    fn read(from: &mut Reader) -> Self {
        from.nested(|from| {
            let length = from.length();
            let mut list = Vec::with_capacity(length);
            for _ in 0..length {
                list.push(T::read(from));
            }
            list
        })
    }
}

impl<T: Compact, const N: usize> Compact for [T; N] {
    fn write(&self, to: &mut Writer) {
        for value in self {
            value.write(to);
        }
    }
    fn read(from: &mut Reader) -> Self {
        std::array::from_fn(|_| T::read(from))
    }
}

impl<T: Compact + Default> Compact for Box<T> {
    fn write(&self, to: &mut Writer) {
        (**self).write(to);
    }
    fn read(from: &mut Reader) -> Self {
        Box::new(from.nested(T::read))
    }
}

impl<K: Compact + Ord, V: Compact> Compact for Map<K, V> {
    fn write(&self, to: &mut Writer) {
        to.number(self.iter().count() as u64);
        for (key, value) in self.iter() {
            key.write(to);
            value.write(to);
        }
    }
    fn read(from: &mut Reader) -> Self {
        let length = from.length();
        (0..length)
            .map(|_| (K::read(from), V::read(from)))
            .collect()
    }
}
