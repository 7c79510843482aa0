//! Types whose one written form is a short text.
//!
//! A date, a fraction or a page date is read and written the same way in TOML and JSON, so that no
//! format has a spelling of its own.

use serde::de::{self, Deserializer, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// Reads a text form. TOML's bare dates and times reach serde as a map with a single entry whose
/// value is the text, so both are accepted.
pub fn read<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr,
    T::Err: fmt::Display,
    D: Deserializer<'de>,
{
    struct TextVisitor<T>(PhantomData<T>);

    impl<'de, T> Visitor<'de> for TextVisitor<T>
    where
        T: FromStr,
        T::Err: fmt::Display,
    {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }

        fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
            number.to_string().parse().map_err(E::custom)
        }

        fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
            number.to_string().parse().map_err(E::custom)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
            match map.next_entry::<String, String>()? {
                Some((_, text)) => text.parse().map_err(de::Error::custom),
                None => Err(de::Error::custom("expected a text")),
            }
        }
    }

    deserializer.deserialize_any(TextVisitor(PhantomData))
}

/// Gives a type with `Display` and `FromStr` its serde form and, for editors, its JSON Schema.
#[macro_export]
macro_rules! text_form {
    ($type:ty, $description:literal) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::text_form::read(deserializer)
            }
        }

        #[cfg(feature = "authoring")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                // Editors show TOML dates as strings, numbers as integers.
                schemars::json_schema!({ "type": ["string", "integer"], "description": $description })
            }
        }
    };
}
