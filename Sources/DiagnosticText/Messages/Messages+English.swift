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

        case .mixedScripts:
            Message(
                "`{0}` mixes scripts: the letter {1} doesn't go with those before it",
                help: "write the whole name in one script, or in kanji, kana and Latin letters")
        case .invisibleCharacter:
            Message(
                "there is an invisible character here, {0}",
                help: "remove it: readers can't tell the word from the same without it")
        case .otherLineEnd:
            Message(
                "{0} ends a line for some programs and not for others",
                help: "end lines with a line feed (U+000A), or a carriage return and a line feed")

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
            Message("this leads back to itself: {0}", help: "break the circle")
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
                "`{0}` stands for no value",
                help:
                    "a condition is used on its own, joined by `and` or `or`; a period after `within`"
            )
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

        case .looksLikeAnotherName:
            Message(
                "`{0}` looks like `{1}` and is another name",
                help: "write both the same if they are the same; if not, rename one of them")

        case .checkReadOutsideItsPurpose:
            Message(
                "`{0}` may only be read by rules about what it covers",
                help: "limit the rule: … on resource(category any {{1}})")
        case .limitedRecordRead:
            Message(
                "`{0}` serves {1} alone and can't be read here", help: "use `subject passed CHECK`")

        case .unknownTable:
            Message("no table is named `{0}`", help: "declare it with `table`, or correct the name")
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
                "the number of arguments of `{0}` is {1}, not {2}",
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
        case .broughtElsewhere:
            Message(
                "`{0}` can't be brought by a request",
                help:
                    "only attributes of people and resources that serve no one purpose may be brought"
            )
        case .purposeInObligation:
            Message(
                "what serves {0} alone can't reach an obligation, a lease, a duty or an event",
                help: "leave out what it reads")
        case .entitlementNeedsContext:
            Message(
                "who belongs to `{0}` would depend on `{1}`, which nobody asks when the group is used",
                help: "say what the target enforces: assuming {1} = …")
        case .entitlementReveals:
            Message(
                "membership of `{0}` shows what is known of `{1}`",
                help: "add: reveals {1}; or leave out what it rests on")

        case .permitNeverHolds, .ruleWithoutEffect, .requirementNeverMet, .attributeNothingSets,
            .noNeedToKnow, .shadowedRule, .repeatedRule, .searchStopped, .entitlementForNobody,
            .checkCoversNothing, .checkNeverAsked, .tierNobodyReads, .categoryNeverMentioned,
            .actionNeverGiven, .questionNeverArises, .acceptanceNotNeeded, .cannotBeAccepted,
            .nearlyADefinition, .acceptanceWithoutReason:
            findingMessages.english

        case .nestedTooDeeply:
            Message(
                "this is nested more than {0} deep", help: "move parts of it into definitions")
        case .sourceTooLarge:
            Message("the file is larger than {0} MiB", help: "split the policy into several files")
        case .conditionTooLarge:
            Message(
                "with its definitions written out this rule has more than {0} conditions",
                help: "make its definitions smaller")
        case .kindsTooDeep:
            Message(
                "this kind has more than {0} kinds above it",
                help: "leave out some of those between")
        case .tooMany:
            Message(
                "there are more than {0} {1}",
                help: "divide the policy, or keep in data what is not policy")
        case .quantifiersTooDeep:
            Message(
                "more than {0} of `some` and `every` stand inside each other, definitions written out",
                help: "ask for less in one condition, or split the rule")
        case .conditionsTooDeep:
            Message(
                "conditions stand more than {0} deep inside each other, definitions written out",
                help: "use fewer definitions that rest on each other")
        case .tooLong:
            Message("this is longer than {0} bytes", help: "shorten it")
        case .policyTooLarge:
            Message(
                "the policy has more than {0} conditions, definitions written out",
                help: "divide the policy, or make its definitions smaller")

        case .unknownEvent, .unknownEventField, .missingEventField, .unknownKind,
            .unknownKindAttribute, .wrongType, .unknownEntity, .doesNotExistYet,
            .presuppositionLacks, .endsBeforeItBegins, .idUsedBefore, .hierarchyCycle,
            .unknownEventID, .malformedID,
            .malformedTime, .missingColumn, .notJSON, .notAnObject, .repeatedKey,
            .unsupportedValue, .notAWholeNumber, .missingKey, .keyNotText, .recordNotUTF8,
            .recordTooLong, .tooManyRecords, .wrongColumnCount, .unterminatedQuote, .strayQuote,
            .unknownColumn, .repeatedColumn, .repeatedEntity, .notAnEntityKind, .kindTooGeneral,
            .malformedLDIF, .malformedDN, .entryTwice, .entryWithoutID, .entryWithSeveralIDs,
            .entryIDShared, .entryValueNotText, .entryHasSeveralValues, .entryLacksAttribute,
            .entryParentWithoutID, .entryFilterDisagrees, .entryValueUnreadable,
            .entryNameUnknown, .entriesDisagree, .groupsNestedTooDeep:
            englishMessageOnData
        }
    }
}
