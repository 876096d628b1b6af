package import Diagnostics
package import Facts
import PolicyLanguage

/// Reads events from JSON Lines: one object a line.
///
/// The keys `id`, `event` and `at` say which event it is, what it is and when it takes effect; every other
/// key is a field. Null is the same as leaving the key out; blank lines mean nothing.
package enum EventFeed {
    /// The events of a file, typed by the vocabulary.
    ///
    /// An id that comes again with the same content is one event; with other content it is an error.
    ///
    /// - Parameters:
    ///   - source: the file; places in diagnostics name it as source 0.
    ///   - vocabulary: what events mean.
    ///   - zone: the zone that dates are in.
    ///   - limits: how much is read.
    /// - Returns: the events, and what is wrong with the lines that gave none.
    /// - Complexity: linear in the size of the file.
    package static func read(
        _ source: SourceText, vocabulary: Vocabulary, zone: ZoneTable,
        limits: FeedLimits = .standard
    ) -> FeedResult<Event> {
        var result = FeedResult<Event>()
        var known: [String: FeedResult<Event>.Item] = [:]
        for line in 1...source.lineCount {
            var bytes = source.bytes(ofLine: line)
            if line == 1 { bytes = bytes.dropFirst(source.textStart) }
            guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { continue }
            let place = source.place(bytes.indices)
            guard result.records.count < limits.mostRecords else {
                result.refuse(
                    line, Diagnostic(.tooManyRecords, [String(limits.mostRecords)], at: place))
                break
            }
            do throws(Refusal) {
                let event = try event(
                    bytes, source: source, vocabulary: vocabulary, zone: zone, limits: limits)
                let item = FeedResult<Event>.Item(record: event, line: line)
                if let earlier = known[event.id] {
                    guard earlier.record != event else { continue }
                    let start = source.start(ofLine: earlier.line)
                    let before = source.place(
                        start..<start + source.bytes(ofLine: earlier.line).count)
                    throw Refusal(
                        Diagnostic(
                            .idUsedBefore, [event.id], at: place,
                            notes: [Diagnostic.Note(.declaredHere, [event.id], at: before)]))
                }
                known[event.id] = item
                result.records.append(item)
            } catch {
                result.refuse(line, error.diagnostic)
            }
        }
        return result
    }

    /// Why a line gives no event.
    private struct Refusal: Error {
        let diagnostic: Diagnostic

        init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
    }

    private static func event(
        _ bytes: ArraySlice<UInt8>, source: SourceText, vocabulary: Vocabulary, zone: ZoneTable,
        limits: FeedLimits
    ) throws(Refusal) -> Event {
        let line = source.place(bytes.indices)
        guard bytes.count <= limits.mostBytesPerRecord else {
            throw Refusal(
                Diagnostic(.recordTooLong, [String(limits.mostBytesPerRecord)], at: line))
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Refusal(Diagnostic(.recordNotUTF8, at: line))
        }
        let members: [String: JSONObjectReader.Member]
        do {
            members = try JSONObjectReader.members(of: bytes)
        } catch {
            throw Refusal(
                Diagnostic(error.code, error.arguments, at: source.place(error.range)))
        }
        func text(_ key: String) throws(Refusal) -> String {
            guard let member = members[key], let value = member.value else {
                throw Refusal(Diagnostic(.missingKey, [key], at: line))
            }
            guard case .text(let text) = value else {
                throw Refusal(Diagnostic(.keyNotText, [key], at: source.place(member.range)))
            }
            return text
        }
        let (id, name, time) = (try text("id"), try text("event"), try text("at"))
        let fields = members.compactMapValues(\.value).filter {
            !["id", "event", "at"].contains($0.key)
        }
        do {
            return try vocabulary.event(id: id, name: name, at: time, fields: fields, zone: zone)
        } catch {
            let range = key(of: error, id: id).flatMap { members[$0]?.range } ?? bytes.indices
            throw Refusal(Diagnostic(error, at: source.place(range)))
        }
    }

    /// The key at fault, where the problem is about one.
    private static func key(of problem: FactProblem, id: String) -> String? {
        switch problem.reason {
        case .unknownField(let name, _, _), .wrongType(let name, _, _, _, _): name
        case .unknownEvent: "event"
        case .malformedTime: "at"
        case .malformedID(id): "id"
        default: nil
        }
    }
}
