//! The `type` keyword.

/// A JSON type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl JsonType {
    /// All of them, in the order in which messages list them.
    pub const ALL: [Self; 7] =
        [Self::String, Self::Integer, Self::Number, Self::Boolean, Self::Array, Self::Object, Self::Null];

    /// Its name in a schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// The type of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|json_type| json_type.name() == name)
    }
}

/// A set of JSON types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    /// Adds one.
    pub fn insert(&mut self, json_type: JsonType) {
        self.0 |= 1 << json_type as u8;
    }

    /// The same with one more.
    #[must_use]
    pub fn with(mut self, json_type: JsonType) -> Self {
        self.insert(json_type);
        self
    }

    /// Takes one away.
    #[must_use]
    pub fn without(self, json_type: JsonType) -> Self {
        Self(self.0 & !(1 << json_type as u8))
    }

    /// Whether it holds that one.
    pub fn contains(self, json_type: JsonType) -> bool {
        self.0 & (1 << json_type as u8) != 0
    }

    /// Those of both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that are of both, where an integer is a number too.
    #[must_use]
    pub fn common(self, other: Self) -> Self {
        let whole = |types: Self| if types.contains(JsonType::Number) { types.with(JsonType::Integer) } else { types };
        Self(whole(self).0 & whole(other).0)
    }

    /// Whether every value of these types is of the others.
    pub fn lie_within(self, others: Self) -> bool {
        self.0 & !others.common(self).0 == 0
    }

    /// Whether it holds none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that it holds.
    pub fn iter(self) -> impl Iterator<Item = JsonType> {
        JsonType::ALL.into_iter().filter(move |json_type| self.contains(*json_type))
    }
}

/// Whether a pattern can be a regular expression at all. Lookaround and backreferences, which ECMAScript has and the
/// parser at hand lacks, are no fault.
pub(super) fn well_formed_pattern(pattern: &str) -> Result<(), String> {
    use regex_syntax::ast::ErrorKind;

    match regex_syntax::ast::parse::Parser::new().parse(pattern) {
        Ok(_) => Ok(()),
        Err(error) => match error.kind() {
            ErrorKind::ClassUnclosed
            | ErrorKind::GroupUnclosed
            | ErrorKind::GroupUnopened
            | ErrorKind::RepetitionMissing
            | ErrorKind::RepetitionCountInvalid
            | ErrorKind::EscapeUnexpectedEof
            | ErrorKind::ClassRangeInvalid => Err(error.kind().to_string()),
            _ => Ok(()),
        },
    }
}
