//! Names that data files use to point at each other.
//!
//! Each kind of id has a type of its own, so that a question's id can never be looked up among the
//! sources. Ids are kebab-case, unique in their file and never reused.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
        pub struct $name(pub String);

        impl $name {
            /// The id as written in the data.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                self.0 == text
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )+};
}

ids! {
    /// A program: the stem of its file's name.
    ProgramId;
    /// A question of `questions.toml`, or an item of `readiness.toml` answered like one.
    QuestionId;
    /// A choice of a question.
    ChoiceId;
    /// A group of respondents: `firm`, `lg` or `body`.
    GroupId;
    /// A source page of `sources.toml`.
    SourceId;
    /// A page cited by one program file, or the source itself in every other file.
    PageKey;
    /// A dimension of readiness.
    DimensionId;
    /// A profile of respondents that readiness is measured for.
    ProfileId;
    /// Any other record: route, criterion, menu, figure, call, name, story …
    ItemId;
}
