//! Types: what JSON values an API exchanges.

use super::{Docs, Literal, NameHint, Origin, TypeId};

/// A type with a name of its own.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// The schema that it comes from.
    pub origin: Origin,
    /// What the description says about it.
    pub docs: Docs,
    /// Where its name comes from.
    pub hint: NameHint,
    /// What its values look like.
    pub shape: Shape,
}

/// What the values of a named type look like.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with known properties.
    Record(Record),
    /// One of some scalar values.
    Enumeration(Enumeration),
    /// One of some types.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
}

/// An object with known properties.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The properties, in order.
    pub fields: Vec<Field>,
    /// Properties that always have one value: written always, never set by a caller.
    pub constants: Vec<Constant>,
    /// A union whose properties lie in this same object, beside the fields. One that is nullable may be left out.
    pub kind: Option<Type>,
    /// What becomes of properties that no field names.
    pub rest: Rest,
}

/// A property of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// The property's schema.
    pub origin: Origin,
    /// What the description says about it.
    pub docs: Docs,
    /// The property's name on the wire.
    pub wire: String,
    /// The values it takes when it is there.
    pub ty: Type,
    /// Whether it must be there.
    pub presence: Presence,
    /// In which direction it travels.
    pub access: Access,
    /// Whether its value must not show in a log.
    pub secret: bool,
}

/// A property of one fixed value.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// The property's name on the wire.
    pub wire: String,
    /// Its value.
    pub value: Fixed,
    /// Whether it must be there in what is received.
    pub required: bool,
}

/// A value that a property can be fixed to. Other values have no constant in Rust; such a property is a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Fixed {
    /// A string.
    String(String),
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// Any other number.
    Float(f64),
}

impl Fixed {
    /// The value, where it can be fixed.
    pub fn of(value: &Literal) -> Option<Self> {
        match value {
            Literal::String(text) => Some(Self::String(text.clone())),
            Literal::Bool(value) => Some(Self::Bool(*value)),
            Literal::Integer(value) => i64::try_from(*value).ok().map(Self::Integer),
            Literal::Float(value) => Some(Self::Float(*value)),
            Literal::Null | Literal::List(_) | Literal::Map(_) => None,
        }
    }
}

/// Whether a value must be there. Orthogonal to [`Type::Nullable`]: four cases stay four cases.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// It must.
    Required,
    /// It must, and a new value has this one: the tag by which a union knows the record.
    Preset(String),
    /// It may be left out.
    Optional,
    /// It may be left out, and then the server takes this value.
    Defaulted(Literal),
}

/// In which direction a property travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Both ways.
    #[default]
    Both,
    /// Only from the server.
    ReadOnly,
    /// Only to the server.
    WriteOnly,
}

/// What becomes of properties that no field names.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Rest {
    /// They are ignored.
    #[default]
    Ignored,
    /// They are kept: the description gives them a type.
    Kept(Type),
    /// The description says that there are none.
    Closed,
}

/// One of some scalar values. A value that the description does not list is kept, never an error.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// What the values are.
    pub repr: Repr,
    /// The values, in order.
    pub values: Vec<EnumerationValue>,
}

/// What the values of an enumeration are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repr {
    /// Strings.
    String,
    /// Integers.
    Integer(Integer),
    /// Strings, booleans and numbers that no integer type holds, in any mix.
    Mixed,
}

/// A value of an enumeration.
#[derive(Clone, Debug)]
pub struct EnumerationValue {
    /// The value: a scalar, as [`Repr`] says.
    pub value: Literal,
    /// The name that the author gave it (`x-enum-varnames`).
    pub name: Option<String>,
    /// What the description says about it (`x-enum-descriptions`).
    pub docs: Docs,
}

/// One of some types.
#[derive(Clone, Debug)]
pub struct Union {
    /// How a value says which variant it is.
    pub tag: Tag,
    /// The variants, in order.
    pub variants: Vec<Variant>,
}

/// How a value of a union says which variant it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tag {
    /// By the value of a string property. The property belongs to the union, not to its variants.
    Property(String),
    /// By the name of the event whose data it is: what is read is the object of the fields of an event.
    Event,
    /// By its form: the first variant whose tests all hold and that decodes.
    Form,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Where it stands.
    pub origin: Origin,
    /// What the description says about it.
    pub docs: Docs,
    /// Where its name comes from: the tag's value, the component's key, or what its type is.
    pub name: String,
    /// Values of the tag that select it; the first one is written. Empty for [`Tag::Form`].
    pub tags: Vec<String>,
    /// What must hold for a value to be tried as this variant.
    pub tests: Vec<Test>,
    /// The values.
    pub ty: Type,
}

/// A cheap test of a JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// It is an object that has this property.
    Has(String),
    /// It is an object whose property has this value.
    Equals(String, Literal),
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A type with a name.
    Named(TypeId),
    /// A string, number or boolean.
    Scalar(Scalar),
    /// A list.
    List(Box<Type>),
    /// A list with a type for each place.
    Tuple(Tuple),
    /// An object whose properties are free and whose values are of one type.
    Map(Box<Type>),
    /// A value or null.
    Nullable(Box<Type>),
    /// Any JSON value.
    Any,
    /// Bytes that are no JSON: a whole body.
    Bytes,
}

/// A list that begins with places of their own types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tuple {
    /// The types of the places, in order; at least one.
    pub places: Vec<Type>,
    /// How many of them must be there: the list may end after any later one.
    pub required: usize,
    /// The type of the items behind the places; `None` where the description speaks of none.
    pub items: Option<Box<Type>>,
}

/// A string, number or boolean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// A string.
    String,
    /// A boolean.
    Bool,
    /// An integer.
    Integer(Integer),
    /// A floating-point number.
    Float(Float),
    /// A string that stands for a value of another kind.
    Text(Text),
    /// An integer that stands for a time: the seconds since the start of 1970.
    UnixTime,
}

/// What a string stands for, where the user chose a type for its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// A date and a time with their offset from UTC.
    DateTime(Calendar),
    /// A date and a time of no certain place.
    LocalDateTime(Calendar),
    /// A date.
    Date(Calendar),
    /// A time of no certain day and place.
    Time(Calendar),
    /// A span of time.
    Duration,
    /// A UUID.
    Uuid,
    /// A URL.
    Url,
    /// A decimal number.
    Decimal,
    /// Bytes in base64.
    Bytes,
}

/// The libraries of dates and times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// `chrono`.
    Chrono,
    /// `jiff`.
    Jiff,
    /// `time`.
    Time,
}

/// The widths of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Integer {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

/// The widths of floating-point numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Float {
    F32,
    F64,
}

/// What a value must satisfy. Readers are told; the server enforces.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Constraint {
    Minimum {
        value: Literal,
        exclusive: bool,
    },
    Maximum {
        value: Literal,
        exclusive: bool,
    },
    MultipleOf(Literal),
    MinLength(u64),
    MaxLength(u64),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    MinProperties(u64),
    MaxProperties(u64),
    Pattern(String),
    /// The names that the properties of an object may have.
    Names(Vec<String>),
    /// The pattern that the names of its properties follow.
    NamePattern(String),
    Format(String),
    /// How the string spells other content: `base64`.
    Encoding(String),
    /// The media type of the content of the string.
    MediaType(String),
    /// A parameter that may be null: a URL or header has no spelling of it but to say nothing.
    NullByAbsence,
}
