/// What kinds of thing there are to say.
///
/// A code never changes its meaning and is never used again.
///
/// Families: `NTK0` characters, `NTK1` grammar, `NTK2` names and types, `NTK3` what a policy means,
/// `NTK4` limits, `NTK5` data from outside.
public enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
    // Characters.
    case unexpectedCharacter = "NTK0001"
    case foreignSpelling = "NTK0002"
    case bidirectionalControl = "NTK0003"
    case unterminatedText = "NTK0004"
    case invalidUTF8 = "NTK0005"
    case malformedNumber = "NTK0006"
    case mixedScripts = "NTK0007"
    case invisibleCharacter = "NTK0008"
    case otherLineEnd = "NTK0010"

    // Grammar.
    case expected = "NTK1001"
    case unknownDeclaration = "NTK1002"
    case malformedPhrase = "NTK1003"
    case missingHeader = "NTK1004"
    case malformedPeriod = "NTK1005"
    case unknownLanguage = "NTK1006"
    case reasonTwice = "NTK1007"
    case unclosedBrace = "NTK1008"
    case missingColon = "NTK1009"

    // Names and types.
    case unknownName = "NTK2001"
    case unknownType = "NTK2002"
    case unknownAttribute = "NTK2003"
    case declaredTwice = "NTK2004"
    case typesDiffer = "NTK2005"
    case notACondition = "NTK2006"
    case notOrdered = "NTK2007"
    case unknownCase = "NTK2008"
    case unknownAction = "NTK2009"
    case unknownCheck = "NTK2010"
    case notASet = "NTK2011"
    case noHierarchy = "NTK2012"
    case notARelation = "NTK2013"
    case circularDefinition = "NTK2014"
    case unknownField = "NTK2015"
    case unknownEventName = "NTK2016"
    case wrongArguments = "NTK2017"
    case unknownFile = "NTK2018"
    case unknownZone = "NTK2019"
    case statementNotUnderstood = "NTK2020"
    case unknownRule = "NTK2021"
    case noAttributesHere = "NTK2022"
    case valueDoesNotFit = "NTK2023"
    case notAValue = "NTK2024"
    case neededDeclaration = "NTK2025"
    case looksLikeAnotherName = "NTK2030"
    case unknownTable = "NTK2032"
    case unknownCalendar = "NTK2033"
    case unknownSource = "NTK2034"
    case unknownPurpose = "NTK2035"
    case unknownArgument = "NTK2036"
    case notAPeriod = "NTK2037"
    case wrongArgumentCount = "NTK2038"
    case tableNotExhaustive = "NTK2039"
    case onlyScenariosHere = "NTK2040"
    case unknownObligation = "NTK2041"
    case wrongCaseLength = "NTK2042"
    case unknownCaseColumn = "NTK2043"
    case missingCaseColumn = "NTK2044"
    case saidTwice = "NTK2045"
    case expectationLacks = "NTK2046"
    case noCases = "NTK2047"
    case nothingHappens = "NTK2048"
    case nothingToChange = "NTK2050"
    case notExported = "NTK2051"
    case circularUse = "NTK2052"
    case usedTwice = "NTK2053"
    case notAtAnotherTime = "NTK2054"
    case broughtElsewhere = "NTK2055"

    // What a policy means.
    case checkReadOutsideItsPurpose = "NTK3001"
    case limitedRecordRead = "NTK3002"
    case purposeInObligation = "NTK3003"
    case entitlementNeedsContext = "NTK3004"
    case entitlementReveals = "NTK3005"

    // What a policy says and can't mean, or probably doesn't.
    case permitNeverHolds = "NTK3101"
    case ruleWithoutEffect = "NTK3102"
    case requirementNeverMet = "NTK3103"
    case attributeNothingSets = "NTK3104"
    case noNeedToKnow = "NTK3105"
    case shadowedRule = "NTK3106"
    case repeatedRule = "NTK3107"
    case searchStopped = "NTK3108"
    case entitlementForNobody = "NTK3109"
    case checkCoversNothing = "NTK3110"
    case checkNeverAsked = "NTK3111"
    case tierNobodyReads = "NTK3112"
    case categoryNeverMentioned = "NTK3113"
    case actionNeverGiven = "NTK3114"
    case questionNeverArises = "NTK3115"
    case acceptanceNotNeeded = "NTK3116"
    case cannotBeAccepted = "NTK3117"
    case nearlyADefinition = "NTK3118"
    case acceptanceWithoutReason = "NTK3119"

    // Limits.
    case nestedTooDeeply = "NTK4001"
    case sourceTooLarge = "NTK4002"
    case conditionTooLarge = "NTK4003"
    case kindsTooDeep = "NTK4004"
    case tooMany = "NTK4005"
    case quantifiersTooDeep = "NTK4006"
    case conditionsTooDeep = "NTK4007"
    case tooLong = "NTK4008"
    case policyTooLarge = "NTK4009"

    // Data from outside.
    case unknownEvent = "NTK5002"
    case unknownEventField = "NTK5003"
    case missingEventField = "NTK5004"
    case unknownKind = "NTK5005"
    case unknownKindAttribute = "NTK5006"
    case wrongType = "NTK5007"
    case unknownEntity = "NTK5008"
    case doesNotExistYet = "NTK5009"
    case endsBeforeItBegins = "NTK5010"
    case idUsedBefore = "NTK5011"
    case hierarchyCycle = "NTK5012"
    case unknownEventID = "NTK5013"
    case malformedID = "NTK5014"
    case malformedTime = "NTK5015"
    case missingColumn = "NTK5016"
    case malformedLDIF = "NTK5017"
    case notJSON = "NTK5018"
    case notAnObject = "NTK5019"
    case repeatedKey = "NTK5020"
    case unsupportedValue = "NTK5021"
    case notAWholeNumber = "NTK5022"
    case missingKey = "NTK5023"
    case keyNotText = "NTK5024"
    case recordNotUTF8 = "NTK5025"
    case recordTooLong = "NTK5026"
    case tooManyRecords = "NTK5027"
    case wrongColumnCount = "NTK5028"
    case unterminatedQuote = "NTK5029"
    case strayQuote = "NTK5030"
    case unknownColumn = "NTK5031"
    case repeatedColumn = "NTK5032"
    case repeatedEntity = "NTK5033"
    case notAnEntityKind = "NTK5034"
    case kindTooGeneral = "NTK5035"
    case malformedDN = "NTK5036"
    case entryTwice = "NTK5037"
    case entryWithoutID = "NTK5038"
    case entryWithSeveralIDs = "NTK5039"
    case entryIDShared = "NTK5040"
    case entryValueNotText = "NTK5041"
    case entryHasSeveralValues = "NTK5042"
    case entryLacksAttribute = "NTK5043"
    case entryParentWithoutID = "NTK5044"
    case entryFilterDisagrees = "NTK5045"
    case presuppositionLacks = "NTK5046"
    case entryValueUnreadable = "NTK5047"
    case entryNameUnknown = "NTK5048"
    case entriesDisagree = "NTK5049"
    case groupsNestedTooDeep = "NTK5050"
}

/// What a note says of a related place.
public enum NoteCode: String, Hashable, Sendable, CaseIterable {
    /// A name that exists and is near what was written.
    case similarName
    /// Where something was declared before.
    case declaredHere
    /// The names that could stand here.
    case possibleNames
    /// That a name is a relation, and how its records are asked.
    case isRelation
    /// The name that another looks like, and where the two differ.
    case looksLikeThis
    /// A condition that can't be so.
    case cannotBeSo
    /// Two conditions of which one excludes the other.
    case excludeEachOther
    /// Another rule that does the same.
    case otherRule
    /// A rule that reads it.
    case readHere
    /// That a question parts into more cases than are tried.
    case tooManyCases
    /// That rules were not compared with all others.
    case notAllCompared
    /// Where something was opened that is not closed.
    case openedHere
    /// Where something was said before.
    case saidHere
    /// Where something that is missing is needed.
    case neededHere
}
