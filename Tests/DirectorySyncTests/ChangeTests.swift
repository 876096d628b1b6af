import DirectorySync
import Facts
import Testing

@Suite("What changes in a directory")
struct ChangeTests {
    private static let tomorrow = Sample.now.advanced(bySeconds: 86_400)

    private static func people(_ numbers: some Sequence<Int>) -> String {
        numbers.map { number in
            Sample.tanaka.replacing("tanaka", with: "p\(number)") + "\nmail: p\(number)@example.com"
        }.joined(separator: "\n\n")
    }

    @Test("is everything at first, then nothing")
    func unchanged() async throws {
        let reading = try await Sample.read(Self.people(1...3))
        #expect(try reading.changes(since: [:]) == reading.observations)
        let again = try await Sample.read(Self.people(1...3), at: Self.tomorrow)
        #expect(try again.changes(since: Sample.stated(reading.observations)) == [])
    }

    @Test("is what differs, what is new and what is gone, from now on")
    func differences() async throws {
        let before = try await Sample.read(Self.people(1...3))
        let changed = Self.people(1...2).replacing("title: engineer", with: "title: leader")
        let ldif = changed.replacing("p1", with: "p4")
        let now = try await Sample.read(ldif, at: Self.tomorrow)
        let changes = try now.changes(since: Sample.stated(before.observations))
        #expect(
            changes.map { "\($0.attributes == nil ? "-" : "+")\($0.entity)" } == [
                "+person/p4", "+engagement/directory/p4/engagement",
                "+post/directory/p2/post", "+post/directory/p4/post",
                "-post/directory/p3/post", "-post/directory/p1/post",
                "-engagement/directory/p3/engagement", "-engagement/directory/p1/engagement",
                "-person/p3", "-person/p1",
            ])
        #expect(changes.allSatisfy { $0.effective == Self.tomorrow })
        #expect(changes.allSatisfy { ($0.owner == nil) == ($0.kind == "person") })
    }

    @Test("is a return, after a withdrawal")
    func returning() async throws {
        let reading = try await Sample.read(Self.people(1...1), at: Self.tomorrow)
        var stated = Sample.stated(reading.observations)
        let gone = Sample.person("gone")
        for (id, kind) in [(Sample.person("p1"), "person"), (gone, "person")] {
            stated[id] = Observation(
                entity: id, kind: kind, attributes: nil, effective: Sample.now)
        }
        #expect(try reading.changes(since: stated).map(\.entity) == [Sample.person("p1")])
    }

    @Test("leaves alone whom the directory can't speak of clearly")
    func setAside() async throws {
        let before = Sample.stated(try await Sample.read(Self.people(1...2)).observations)
        let ldif = Self.people(1...2).replacing("uid: p1\n", with: "")
        let now = try await Sample.read(ldif, at: Self.tomorrow)
        #expect(now.problems.map(\.entity) == [Sample.person("p1")])
        #expect(try now.changes(since: before) == [])
    }

    @Test("may not be withdrawn while unreadable entries might be it")
    func unclear() async throws {
        let before = Sample.stated(try await Sample.read(Self.people(1...2)).observations)
        let ldif = Self.people(1...2).replacing("dn: uid=p1,", with: "dn uid=p1,")
        let now = try await Sample.read(ldif, at: Self.tomorrow)
        let error = #expect(throws: DirectoryError.self) { try now.changes(since: before) }
        #expect(error == .unclearWithdrawals(count: 3, unreadable: 1))
        var limits = WithdrawalGuard()
        limits.isOverridden = true
        #expect(try now.changes(since: before, guardedBy: limits).count == 3)
        // What is gone from nobody can't be among them.
        #expect(try now.changes(since: before.filter { $0.key.name.contains("p2") }) == [])
    }

    @Test(
        "is refused where too much is gone",
        arguments: [
            (40, 35, nil), (40, 34, 6), (60, 54, nil), (60, 53, 7), (6, 1, nil), (7, 1, 6),
        ])
    func tooMany(before: Int, after: Int, refused: Int?) async throws {
        let stated = Sample.stated(try await Sample.read(Self.people(1...before)).observations)
        let now = try await Sample.read(Self.people(1...after), at: Self.tomorrow)
        var limits = WithdrawalGuard()
        if let refused {
            let error = #expect(throws: DirectoryError.self) { try now.changes(since: stated) }
            #expect(error == .tooManyWithdrawals(kind: "engagement", count: refused, of: before))
            limits.isOverridden = true
        }
        let changes = try now.changes(since: stated, guardedBy: limits)
        #expect(changes.count == (before - after) * 3)
    }

    @Test("is refused where all records of a kind are gone, though nobody is")
    func hiddenPosts() async throws {
        let stated = Sample.stated(try await Sample.read(Self.people(1...6)).observations)
        let ldif = Self.people(1...6).replacing("departmentNumber: cells\n", with: "")
        let now = try await Sample.read(ldif, at: Self.tomorrow)
        let error = #expect(throws: DirectoryError.self) { try now.changes(since: stated) }
        #expect(error == .tooManyWithdrawals(kind: "post", count: 6, of: 6))
    }

    @Test("is never that everybody is gone")
    func nothing() async throws {
        let now = try await Sample.read("", at: Self.tomorrow)
        var limits = WithdrawalGuard()
        limits.isOverridden = true
        let stated = Sample.stated(try await Sample.read(Self.people(1...1)).observations)
        for known in [stated, [:]] {
            let error = #expect(throws: DirectoryError.self) {
                try now.changes(since: known, guardedBy: limits)
            }
            #expect(error == .nothingRead)
        }
    }

    @Test("is not told from an older reading")
    func older() async throws {
        let late = try await Sample.read(Self.people(1...1), at: Self.tomorrow)
        let early = try await Sample.read(Self.people(1...1))
        let error = #expect(throws: DirectoryError.self) {
            try early.changes(since: Sample.stated(late.observations))
        }
        #expect(error == .olderThanStated(Self.tomorrow))
    }

    @Test("folds into facts without a problem")
    func folds() async throws {
        let vocabulary = try Sample.vocabulary()
        let before = try await Sample.read(Self.people(1...2))
        let now = try await Sample.read(Self.people(1...1), at: Self.tomorrow)
        let changes = try now.changes(since: Sample.stated(before.observations))
        let entries = (before.observations + changes).enumerated().map { index, observation in
            LedgerEntry(
                sequence: Int64(index + 1), source: "directory",
                content: .observation(observation))
        }
        let (facts, problems) = Fold.facts(from: entries, vocabulary: vocabulary, zone: .utc)
        #expect(problems == [])
        let gone = facts[Sample.person("p2")]
        #expect(gone?.existence == [Interval(from: Sample.now, until: Self.tomorrow)])
        #expect(facts[Sample.person("p1")]?.exists(at: Self.tomorrow) == true)
    }
}
