import ArgumentParser
import DecisionEngine
import DiagnosticText
import Facts

struct WhoCanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "who-can", abstract: "Lists everybody who may do this with that.",
        discussion: """
            The list is exact and whole. Exit code 0 where it names somebody, else 1. Example:
              ntk who-can view lithium-recipe --at 2026-06-01
            """)

    @Argument(help: "The action.")
    var action: String

    @Argument(help: "The resource's id.")
    var resource: String

    @OptionGroup var question: QuestionOptions

    func run() throws {
        let session = try question.session()
        session.noteUnknown(action: action, resource: resource)
        let time = try session.time(question.at, option: "--at")
        try ReverseAnswer.give(
            session.engine(at: time).whoCan(
                action, resource, context: try question.contextValues(in: session), at: time),
            session: session, isJSON: question.common.json)
    }
}

struct WhatCanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "what-can", abstract: "Lists everything with which this person may do this.",
        discussion: """
            The list is exact and whole. Exit code 0 where it names something, else 1. Example:
              ntk what-can tanaka view --at 2026-04-14
            """)

    @Argument(help: "The person's id.")
    var subject: String

    @Argument(help: "The action.")
    var action: String

    @OptionGroup var question: QuestionOptions

    func run() throws {
        let session = try question.session()
        session.noteUnknown(subject: subject, action: action)
        let time = try session.time(question.at, option: "--at")
        try ReverseAnswer.give(
            session.engine(at: time).whatCan(
                subject, action, context: try question.contextValues(in: session), at: time),
            session: session, isJSON: question.common.json)
    }
}

/// Prints the answer to a reverse question.
private enum ReverseAnswer {
    struct List: Encodable {
        let count: Int
        let ids: [String]
        let isComplete: Bool
        let sequence: Int64
    }

    static func give(_ found: [EntityID], session: Session, isJSON: Bool) throws {
        let console = session.console
        if isJSON {
            let list = List(
                count: found.count, ids: found.map(\.name), isComplete: true,
                sequence: session.facts.sequence)
            try console.result(try JSONText.text(list))
        } else {
            let answer = session.answerText()
            for id in found { try console.result(answer.text(id) + "\n") }
            console.note("\(found.count) in all", "全 \(found.count) 件")
        }
        if found.isEmpty { throw CommandEnd(exit: .no) }
    }
}
