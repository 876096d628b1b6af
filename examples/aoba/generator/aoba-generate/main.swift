import AobaExample
import Foundation

// Writes the example company's files into the folder given.

guard CommandLine.arguments.count == 2 else {
    FileHandle.standardError.write(Data("usage: aoba-generate FOLDER\n".utf8))
    exit(2)
}
let folder = URL(filePath: CommandLine.arguments[1], directoryHint: .isDirectory)
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
for file in Company.generate(seed: Company.publishedSeed) {
    try Data(file.text.utf8).write(to: folder.appending(path: file.name))
}
