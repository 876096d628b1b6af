import Diagnostics

extension DiagnosticCode {
    /// The English text of what there is to say of data from outside.
    ///
    /// - Precondition: the code is one of those.
    var englishMessageOnData: Message {
        switch self {
        case .unknownEvent:
            Message(
                "the vocabulary has no event `{0}`", help: "use an event that the policy declares")
        case .unknownEventField:
            Message("the event `{1}` has no field `{0}`", help: "remove it, or correct the name")
        case .missingEventField:
            Message("the event `{1}` lacks its field `{0}`", help: "add it")
        case .unknownKind:
            Message("the vocabulary has no kind `{0}`", help: "use a kind that the policy declares")
        case .unknownKindAttribute:
            Message("`{1}` has no attribute `{0}`", help: "remove it, or correct the name")
        case .wrongType:
            Message(
                "`{1}` is no value for `{0}`, which is a `{2}`", help: "write a value of that type")
        case .unknownEntity:
            Message(
                "no {0} `{1}` is known", help: "import it first, or correct the id")
        case .doesNotExistYet:
            Message(
                "{0} `{1}` does not exist at that time",
                help:
                    "correct the time, or import what comes before; what LDIF and CSV files state holds from --as-of on"
            )
        case .presuppositionLacks:
            Message(
                "{0} `{1}` has none of the `{2}` that `{3}` presupposes at that time",
                help: "correct the time or whom it is about, or record first what gave them")
        case .endsBeforeItBegins:
            Message("`{0}` would end before it begins", help: "correct the dates")
        case .idUsedBefore:
            Message(
                "the id `{0}` stands for another event already",
                help: "give the event an id of its own")
        case .hierarchyCycle:
            Message(
                "{0} `{1}` would lie below itself", help: "correct what it is said to belong to")
        case .unknownEventID:
            Message("no event has the id `{0}`", help: "name an event that was recorded")
        case .malformedID:
            Message("`{0}` can't be an id", help: "use 1 to 512 bytes without control characters")
        case .malformedTime:
            Message("`{0}` is no time", help: "write 2026-04-01 or 2026-04-01T09:00:00+09:00")
        case .missingColumn:
            Message("the column `{0}` is missing", help: "add it to the first line")
        case .notJSON:
            Message(
                "this line is no JSON from here on",
                help: "write one JSON object a line")
        case .notAnObject:
            Message(
                "this line is no JSON object",
                help: "write one JSON object a line: {\"id\": …}")
        case .repeatedKey:
            Message(
                "the key `{0}` stands twice in this object",
                help: "remove one of them")
        case .unsupportedValue:
            Message(
                "the value of `{0}` is nested",
                help: "write text, a whole number, true, false, or a list of these")
        case .notAWholeNumber:
            Message(
                "`{1}` in `{0}` is no whole number that fits",
                help: "write a whole number, or text")
        case .missingKey:
            Message(
                "the key `{0}` is missing",
                help: "add it; every event has an id, an event and an at")
        case .keyNotText:
            Message(
                "`{0}` must be text",
                help: "put it in quotation marks")
        case .recordNotUTF8:
            Message(
                "this record is not UTF-8",
                help: "save the file as UTF-8")
        case .recordTooLong:
            Message(
                "this record has more than {0} bytes",
                help: "split it, or check for a missing quotation mark")
        case .tooManyRecords:
            Message(
                "the file has more than {0} records",
                help: "split it")
        case .wrongColumnCount:
            Message(
                "this row has {1} cells where the first line has {0}",
                help: "give every row a cell for each column")
        case .unterminatedQuote:
            Message(
                "the quotation mark here is never closed",
                help: "close it, and double quotation marks inside a cell")
        case .strayQuote:
            Message(
                "a quotation mark stands inside a cell that does not begin with one",
                help: "put the whole cell in quotation marks, and double those inside")
        case .unknownColumn:
            Message(
                "no kind in this file has an attribute `{0}`",
                help: "remove the column, or correct its name")
        case .repeatedColumn:
            Message(
                "the column `{0}` stands twice",
                help: "remove one of them")
        case .repeatedEntity:
            Message(
                "{0} `{1}` stands in this file twice",
                help: "remove one of the rows")
        case .notAnEntityKind:
            Message(
                "`{0}` is a record, not an entity",
                help: "import records as events")
        case .kindTooGeneral:
            Message(
                "`{0}` is too general a kind",
                help: "write the special kind: document, sample, …")
        case .malformedLDIF:
            Message(
                "this LDIF record can't be read: {0}",
                help: "correct it as RFC 2849 has it")
        case .malformedDN:
            Message(
                "`{0}` is no distinguished name",
                help: "correct the entry's name")
        case .entryTwice:
            Message(
                "another entry is named `{0}` too",
                help: "remove one of them")
        case .entryWithoutID:
            Message(
                "the entry lacks `{0}`, which the mapping takes for its id",
                help: "add it, or map another attribute")
        case .entryWithSeveralIDs:
            Message(
                "`{0}`, which the mapping takes for the id, has several values",
                help: "leave one, or name the entry by one of them")
        case .entryIDShared:
            Message(
                "another entry is {0} `{1}` too",
                help: "give each an id of its own")
        case .entryValueNotText:
            Message(
                "a value of `{0}` is not text",
                help: "write it in UTF-8")
        case .entryHasSeveralValues:
            Message(
                "`{0}` has {1} values, and there is room for one",
                help: "leave one of them")
        case .entryLacksAttribute:
            Message(
                "the entry lacks `{0}`",
                help: "add it, or write `required: false` in the mapping")
        case .entryParentWithoutID:
            Message(
                "the entry above has no id of its own",
                help: "give it one, or correct the mapping's base")
        case .entryValueUnreadable:
            Message(
                "the value `{1}` of `{0}` can't be read as the mapping says",
                help: "correct the value, or the mapping")
        case .entryNameUnknown:
            Message(
                "`{0}` names `{1}`, which the mapping finds nowhere",
                help: "see whether its bases and filters find it")
        case .entriesDisagree:
            Message(
                "entries say different things of the {0} `{1}`", help: "correct one of them")
        case .groupsNestedTooDeep:
            Message(
                "more than {0} groups stand within one another", help: "nest them less deeply")
        case .entryFilterDisagrees:
            Message(
                "the server takes the entry for one that matches `{0}`, and we don't",
                help: "write the filter without what only the server's schema knows")
        default: preconditionFailure("\(rawValue) says nothing of data")
        }
    }
}
