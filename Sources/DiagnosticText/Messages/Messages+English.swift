import Diagnostics

extension DiagnosticCode {
    /// The English text.
    var englishMessage: Message {
        switch self {
        case .unexpectedCharacter:
            Message(
                "`{0}` has no meaning in a policy", help: "remove it, or put it in quotation marks")
        case .foreignSpelling:
            Message("`{0}` is not how policies write it", help: "write `{1}`")
        case .bidirectionalControl:
            Message(
                "an invisible character here turns the direction of the text",
                help: "remove it: readers would see another order than the compiler")
        case .unterminatedText:
            Message(
                "this text has no closing quotation mark", help: "end it with `\"` on the same line"
            )
        case .invalidUTF8:
            Message("these bytes are not UTF-8", help: "save the file as UTF-8")
        case .malformedNumber:
            Message(
                "`{0}` is neither a number nor a date",
                help: "write dates as 2026-04-01, and a space between a number and a word")

        case .expected:
            Message(
                "{0} should stand here, not {1}",
                help: "docs/language.md shows how each construct is written")
        case .unknownDeclaration:
            Message(
                "`{0}` begins no declaration",
                help:
                    "a declaration begins with permit, require, forbid, define, scale, category, …")
        case .malformedPhrase:
            Message(
                "`{0}` is no phrase",
                help: "write words and fields in braces: \"post {role} in {department}\"")
        case .missingHeader:
            Message(
                "the policy has no header",
                help: "begin with: policy NAME version \"1\" zone \"Asia/Tokyo\"")
        case .malformedPeriod:
            Message(
                "`{0}` is no period",
                help: "write a number from 1 and minutes, hours, days, weeks, months or years")
        case .unknownLanguage:
            Message("reasons are not given in a language `{0}`", help: "write `ja` or `en`")
        case .reasonTwice:
            Message("the reason in `{0}` is given twice", help: "keep one of them")
        case .unclosedBrace:
            Message("a closing `}` is missing here", help: "close what was opened with `}`")
        case .missingColon:
            Message(
                "a `:` is missing after the name `{0}`",
                help: "write `:` after a rule's name, and `,` between actions")

        case .unknownName:
            Message("nothing here is named `{0}`", help: "define it, or correct the name")
        case .unknownType:
            Message(
                "`{0}` is no type and no kind",
                help: "declare it with entity, record, enumeration or scale")
        case .unknownAttribute:
            Message(
                "`{1}` has no attribute `{0}`", help: "declare the attribute, or correct the name")
        case .declaredTwice:
            Message("`{0}` is declared twice", help: "remove one of them, or give it another name")
        case .typesDiffer:
            Message(
                "`{0}` and `{1}` can't be compared",
                help: "compare values of one type; there is no conversion")
        case .notACondition:
            Message(
                "`{0}` is neither true nor false", help: "compare it with something, as in `x = y`")
        case .notOrdered:
            Message(
                "values of `{0}` have no order, so `{1}` has no meaning",
                help: "use `=`, `!=` or `in`; scales have an order")
        case .unknownCase:
            Message("`{1}` has no case `{0}`", help: "add the case, or correct the name")
        case .unknownAction:
            Message("`{0}` is no action on `{1}`", help: "declare it: action {0} on {1}")
        case .unknownCheck:
            Message("no check is named `{0}`", help: "declare it with `check`, or correct the name")
        case .notASet:
            Message("`{0}` is a `{1}`, not a set", help: "use `=`, or an attribute that is a set")
        case .noHierarchy:
            Message(
                "`{0}` has no hierarchy, so nothing is below another",
                help: "use `=`, or declare a hierarchy for the kind")
        case .notARelation:
            Message(
                "`{0}` is no relation of `{1}`",
                help: "name a relation that a record declares with `as`")
        case .circularDefinition:
            Message("this definition leads back to itself: {0}", help: "break the circle")
        case .unknownField:
            Message("`{1}` has no field `{0}`", help: "declare the field, or correct the name")
        case .unknownEventName:
            Message("no event is named `{0}`", help: "declare it with `event`, or correct the name")
        case .wrongArguments:
            Message(
                "`{0}` can only be asked of the request itself",
                help: "write `subject may ACTION resource`")
        case .unknownFile:
            Message(
                "there is no file for `use {0}`",
                help: "put `{0}.ntk` beside the policy, or write `use standard`")
        case .unknownZone:
            Message("no time zone is named `{0}`", help: "use a name such as \"Asia/Tokyo\"")
        case .statementNotUnderstood:
            Message(
                "the scenario is not understood at `{0}`",
                help:
                    "say it as the vocabulary writes it; `ntk check --show standard` lists the phrases"
            )
        case .unknownRule:
            Message("no rule is named `{0}`", help: "correct the name, or leave out `by`")
        case .noAttributesHere:
            Message("`{0}` is a `{1}` and has no attributes", help: "use it as it is")
        case .valueDoesNotFit:
            Message("`{0}` is no value of type `{1}`", help: "write a value of that type")
        case .notAValue:
            Message(
                "`{0}` is a condition, not a value",
                help: "use it on its own, joined by `and` or `or`")
        case .neededDeclaration:
            Message(
                "`use {1}` needs `{0}`, and nothing declares it",
                help: "add to the policy: {2}")
        case .onlyScenariosHere:
            Message(
                "`{0}` can't stand in a file of scenarios",
                help: "move it to the policy; a file of scenarios holds nothing else")
        case .unknownObligation:
            Message(
                "no rule adds the obligation `{0}`",
                help: "correct the name, or write `obliging nothing`")
        case .wrongCaseLength:
            Message(
                "this case has {0} words where the table has {1} columns",
                help: "write one word for each column, and `_` for nothing")
        case .unknownCaseColumn:
            Message(
                "a table of cases has no column `{0}`",
                help: "name a part of the expectation, or a value of the context by its dotted name"
            )
        case .missingCaseColumn:
            Message(
                "the table of cases lacks the column `{0}`",
                help: "add it: every case says who, action, what, at and answer")
        case .saidTwice:
            Message("`{0}` is said twice here", help: "remove one of them")
        case .expectationLacks:
            Message("the expectation does not say `{0}`", help: "add it")
        case .noCases:
            Message(
                "the table has no cases, so it promises nothing",
                help: "write a line of column names, then a line for each case")
        case .nothingHappens:
            Message(
                "nothing happens in this scenario, so nothing changes",
                help: "add the event whose effect on access is expected")

        case .checkReadOutsideItsPurpose:
            Message(
                "`{0}` may only be read by rules about what it covers",
                help: "limit the rule: … on resource(category any {{1}})")
        case .limitedRecordRead:
            Message(
                "`{0}` serves {1} alone and can't be read here", help: "use `subject passed CHECK`")

        case .unknownTable:
            Message(
                "no table is named `{0}`",
                help: "declare it with `table`, or correct the name")
        case .unknownCalendar:
            Message(
                "no calendar is named `{0}`",
                help: "declare it with `calendar`, or write hours: during 09:00 to 18:00")
        case .unknownSource:
            Message(
                "no source is named `{0}`",
                help: "declare it with `source`, or correct the name")
        case .unknownPurpose:
            Message(
                "no purpose is named `{0}`",
                help: "declare it with `purpose`, or correct the name")
        case .unknownArgument:
            Message(
                "the action `{1}` has no argument `{0}`",
                help: "declare it with the action: action {1}({0} text) on …")
        case .notAPeriod:
            Message(
                "`{0}` is no period",
                help: "write one, such as 14 days, or the name of a definition that is one")
        case .wrongArgumentCount:
            Message(
                "`{0}` takes {1} arguments, not {2}",
                help: "write one value for each of its parameters")
        case .tableNotExhaustive:
            Message(
                "the table `{0}` says nothing of {1}",
                help: "add a line for each of them, or `else`")
        case .nothingToChange:
            Message(
                "there is nothing named `{0}` to extend or to override",
                help: "correct the name, or leave the word out")
        case .notExported:
            Message(
                "`{0}` is not among what {1} exports",
                help: "add it to its `exports`, or do without it")
        case .circularUse:
            Message(
                "these files use each other in a circle: {0}",
                help: "take one `use` away; all files of a policy are read together")
        case .usedTwice:
            Message("`use {0}` stands here twice", help: "remove one of them")
        case .notAtAnotherTime:
            Message(
                "`{0}` can't be asked of another time",
                help: "ask it outside of `was` and `for at least`")
        case .purposeInObligation:
            Message(
                "what serves {0} alone can't reach an obligation, a duty or an event",
                help: "leave out what it reads")
        case .entitlementNeedsContext:
            Message(
                "who belongs to `{0}` would depend on `{1}`, which nobody asks when the group is used",
                help: "say what the target enforces: assuming {1} = …")
        case .entitlementReveals:
            Message(
                "membership of `{0}` shows what is known of `{1}`",
                help: "add: reveals {1}; or leave out what it rests on")

        case .nestedTooDeeply:
            Message(
                "this is nested more than {0} deep", help: "move parts of it into definitions")
        case .sourceTooLarge:
            Message("the file is larger than {0} MiB", help: "split the policy into several files")
        case .conditionTooLarge:
            Message(
                "with its definitions written out this rule has more than {0} conditions",
                help: "make its definitions smaller")

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
            Message("no {0} `{1}` is known", help: "import it first, or correct the id")
        case .doesNotExistYet:
            Message(
                "{0} `{1}` does not exist at that time",
                help:
                    "correct the time, or import what comes before; what LDIF and CSV files state holds from --as-of on"
            )
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
            Message("this line is no JSON from here on", help: "write one JSON object a line")
        case .notAnObject:
            Message(
                "this line is no JSON object",
                help: "write one JSON object a line: {\"id\": …}")
        case .repeatedKey:
            Message("the key `{0}` stands twice in this object", help: "remove one of them")
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
            Message("`{0}` must be text", help: "put it in quotation marks")
        case .recordNotUTF8:
            Message("this record is not UTF-8", help: "save the file as UTF-8")
        case .recordTooLong:
            Message(
                "this record has more than {0} bytes",
                help: "split it, or check for a missing quotation mark")
        case .tooManyRecords:
            Message("the file has more than {0} records", help: "split it")
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
            Message("the column `{0}` stands twice", help: "remove one of them")
        case .repeatedEntity:
            Message("{0} `{1}` stands in this file twice", help: "remove one of the rows")
        case .notAnEntityKind:
            Message("`{0}` is a record, not an entity", help: "import records as events")
        case .kindTooGeneral:
            Message(
                "`{0}` is too general a kind",
                help: "write the special kind: document, sample, …")
        case .malformedLDIF:
            Message(
                "this LDIF record can't be read: {0}",
                help: "correct it as RFC 2849 has it")
        case .malformedDN:
            Message("`{0}` is no distinguished name", help: "correct the entry's name")
        case .entryTwice:
            Message("another entry is named `{0}` too", help: "remove one of them")
        case .entryWithoutID:
            Message(
                "the entry lacks `{0}`, which the mapping takes for its id",
                help: "add it, or map another attribute")
        case .entryWithSeveralIDs:
            Message(
                "`{0}`, which the mapping takes for the id, has several values",
                help: "leave one, or name the entry by one of them")
        case .entryIDShared:
            Message("another entry is {0} `{1}` too", help: "give each an id of its own")
        case .entryValueNotText:
            Message("a value of `{0}` is not text", help: "write it in UTF-8")
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
        case .entryFilterDisagrees:
            Message(
                "the server takes the entry for one that matches `{0}`, and we don't",
                help: "write the filter without what only the server's schema knows")
        }
    }
}
