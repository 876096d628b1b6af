import Foundation

/// A folder that other systems put files of events and entities into.
///
/// A file is taken whole, in order of name, and moved on: to `done`, or to `refused` with what was wrong with it beside it. Whoever
/// puts one there writes it elsewhere on the same file system, or under a name that begins with a dot, and renames it. One that
/// was recorded and could not be moved is taken again; events that are known already are not recorded twice.
struct FeedFolder {
    let path: String

    /// The files that wait, in order of name.
    func waiting() throws -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw CommandFailure(
                .systemFailed, "the folder \(path) can't be read", "フォルダー \(path) を読めません")
        }
        return names.filter { name in
            !name.hasPrefix(".")
                && ["jsonl", "ndjson", "csv"].contains(
                    URL(filePath: name).pathExtension.lowercased())
        }.sorted().map { path + "/" + $0 }
    }

    /// Moves a file that was recorded out of the way.
    func done(_ file: String) throws { try move(file, to: "done") }

    /// Moves a file that was refused out of the way, and puts beside it what is wrong.
    func refused(_ file: String, because problems: String) throws {
        let place = try move(file, to: "refused")
        try attempt { try Data(problems.utf8).write(to: URL(filePath: place + ".problems")) }
    }

    @discardableResult
    private func move(_ file: String, to folder: String) throws -> String {
        let folder = path + "/" + folder
        let name = URL(filePath: file).lastPathComponent
        var place = folder + "/" + name
        try attempt {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            // A name that comes again must not cover what came before.
            var number = 2
            while FileManager.default.fileExists(atPath: place) {
                place = "\(folder)/\(number)-\(name)"
                number += 1
            }
            try FileManager.default.moveItem(atPath: file, toPath: place)
        }
        return place
    }

    private func attempt(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            throw CommandFailure(
                .systemFailed, "files in \(path) can't be moved; check that it can be written",
                "\(path) のファイルを移動できません。書き込み権限を確かめてください")
        }
    }
}
