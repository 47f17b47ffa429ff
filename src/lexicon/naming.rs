//! What a name can mean.

/// How a name names its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    Name,
    Acronym,
    /// "Japanese"
    Adjective,
    /// "Ukrainians"
    People,
    /// A capital or seat that can stand for its government.
    Metonym,
    /// The name is no actor; what stands inside it is none either.
    NoActor,
}

/// One meaning of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Naming {
    /// Index of the entry; none for names that are no actors.
    pub entry: Option<u32>,
    pub usage: Usage,
    /// True if the name counts only where the document names the same actor in another way.
    pub needs_context: bool,
}

/// Of a packed naming without entry.
const NO_ENTRY: u32 = u32::MAX >> 8;

impl Naming {
    /// The naming as one number: the entry in the low bits, then the usage, then whether it needs context.
    pub(super) fn packed(self) -> u32 {
        self.entry.unwrap_or(NO_ENTRY).min(NO_ENTRY) | (self.usage as u32) << 24 | u32::from(self.needs_context) << 31
    }

    pub(super) fn unpacked(packed: u32) -> Self {
        let usage = match packed >> 24 & 0x7f {
            0 => Usage::Name,
            1 => Usage::Acronym,
            2 => Usage::Adjective,
            3 => Usage::People,
            4 => Usage::Metonym,
            _ => Usage::NoActor,
        };
        let entry = packed & NO_ENTRY;
        Self { entry: (entry != NO_ENTRY).then_some(entry), usage, needs_context: packed >> 31 == 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_naming_is_unpacked_as_it_was_packed() {
        for usage in [Usage::Name, Usage::Acronym, Usage::Adjective, Usage::People, Usage::Metonym, Usage::NoActor] {
            for (entry, needs_context) in [(None, false), (Some(0), true), (Some(70_000), false)] {
                let naming = Naming { entry, usage, needs_context };
                assert_eq!(Naming::unpacked(naming.packed()), naming);
            }
        }
    }
}
