import Diagnostics
import Facts

/// The files of a policy, found by following what each of them uses.
struct Modules {
    private(set) var sources: [SourceText]
    private(set) var parsed: [FileSyntax] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// The path of each source from the policy's folder, without `.ntk`.
    private(set) var paths: [String]
    /// Which sources each one uses, and where it says so.
    private var uses: [Int: [(target: Int, place: Place)]] = [:]

    /// Where each source is asked for first.
    var firstUses: [Int: Place] {
        var places: [Int: Place] = [:]
        for index in uses.keys.sorted() {
            for (target, place) in uses[index] ?? [] where places[target] == nil {
                places[target] = place
            }
        }
        return places
    }

    init(roots: [SourceText]) {
        sources = roots
        paths = roots.map { Self.path(ofRoot: $0.name) }
    }

    private static func path(ofRoot name: String) -> String {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        return last.hasSuffix(".ntk") ? String(last.dropLast(4)) : last
    }

    mutating func follow(file: (String) -> SourceText?, folder: (String) -> [String]?) {
        while parsed.count < sources.count {
            let index = parsed.count
            let (syntax, found) = Parser.parse(sources[index], index: index)
            diagnostics += found
            parsed.append(syntax)
            var seen: Set<String> = []
            for use in syntax.uses {
                guard seen.count <= Limits.files, sources.count <= Limits.files else {
                    diagnostics.append(
                        Diagnostic(.tooMany, [String(Limits.files), "files"], at: use.target.place))
                    break
                }
                guard seen.insert(use.target.text).inserted else {
                    report(.usedTwice, use.target)
                    continue
                }
                follow(use, from: index, file: file, folder: folder)
            }
        }
        reportCircles()
    }

    /// Adds files of scenarios, which nothing uses and which use nothing; gives their places.
    mutating func add(scenarios: [SourceText]) -> Range<Int> {
        let places = sources.count..<sources.count + scenarios.count
        for (index, source) in zip(places, scenarios) {
            let (syntax, found) = Parser.parse(source, index: index, holdsScenarios: true)
            diagnostics += found
            parsed.append(syntax)
            sources.append(source)
            paths.append(Self.path(ofRoot: source.name))
        }
        return places
    }

    private mutating func follow(
        _ use: UseSyntax, from index: Int, file: (String) -> SourceText?,
        folder: (String) -> [String]?
    ) {
        let name = use.target.text
        if name == "standard", !use.isPath {
            add(path: name, PolicyReader.standardVocabulary, usedBy: index, at: use.target.place)
            return
        }
        guard let path = path(name, from: index) else {
            report(.unknownFile, use.target)
            return
        }
        guard name.hasSuffix("/") else {
            self.use(path, by: index, use.target, file: file)
            return
        }
        guard let members = folder(path) else {
            report(.unknownFile, use.target)
            return
        }
        for member in members.prefix(Limits.files + 1) {
            self.use(member, by: index, use.target, file: file)
        }
    }

    private mutating func use(
        _ path: String, by index: Int, _ target: Name, file: (String) -> SourceText?
    ) {
        if let known = paths.firstIndex(of: path) {
            uses[index, default: []].append((known, target.place))
        } else if let source = file(path) {
            add(path: path, source, usedBy: index, at: target.place)
        } else {
            reportUnknownFile(target)
        }
    }

    private mutating func add(
        path: String, _ source: SourceText, usedBy index: Int, at place: Place
    ) {
        let target: Int
        if let known = paths.firstIndex(of: path) {
            target = known
        } else {
            target = sources.count
            sources.append(source)
            paths.append(path)
        }
        uses[index, default: []].append((target, place))
    }

    /// What `name` means in the file at `index`; nil where it leads out of the policy's folder.
    private func path(_ name: String, from index: Int) -> String? {
        var parts = paths[index].split(separator: "/").dropLast().map(String.init)
        for part in name.split(separator: "/") {
            switch part {
            case ".": continue
            case "..":
                guard !parts.isEmpty else { return nil }
                parts.removeLast()
            default: parts.append(String(part))
            }
        }
        let path = parts.joined(separator: "/")
        return path.hasSuffix(".ntk") ? String(path.dropLast(4)) : path
    }

    // MARK: Circles

    /// Reports each file that a chain of uses leads back to, where the chain closes.
    private mutating func reportCircles() {
        var isDone = [Bool](repeating: false, count: sources.count)
        var underway: [Int] = []
        func visit(_ index: Int, _ modules: inout Modules) {
            underway.append(index)
            for (target, place) in modules.uses[index] ?? [] {
                if let start = underway.firstIndex(of: target) {
                    let circle = (underway[start...] + [target]).map { modules.paths[$0] }
                    modules.diagnostics.append(
                        Diagnostic(
                            .circularUse, [circle.joined(separator: " → ")], at: place))
                } else if !isDone[target], underway.count < Modules.longestChain {
                    visit(target, &modules)
                }
            }
            underway.removeLast()
            isDone[index] = true
        }
        for index in sources.indices where !isDone[index] { visit(index, &self) }
    }

    /// How many files may use each other in a row.
    static let longestChain = 200

    private mutating func reportUnknownFile(_ target: Name) {
        let similar = Similarity.nearest(to: target.text, in: ["standard"])
        diagnostics.append(
            Diagnostic(
                .unknownFile, [target.text], at: target.place,
                notes: similar.map { [Diagnostic.Note(.similarName, [$0])] } ?? [],
                fix: similar.map { .replacing(target.place, with: $0, .maybe) }))
    }

    private mutating func report(_ code: DiagnosticCode, _ name: Name) {
        diagnostics.append(Diagnostic(code, [name.text], at: name.place))
    }
}
