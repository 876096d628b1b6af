import Foundation

/// A small gateway: answers who may do what, on lines, from a policy and some facts.
///
///     example-gateway POLICY FACTS
@main
enum Gateway {
    static func main() {
        do throws(Refusal) {
            let files = CommandLine.arguments.dropFirst()
            guard files.count == 2, let policy = files.first, let facts = files.last else {
                throw Refusal("usage: example-gateway POLICY FACTS")
            }
            // Whatever is wrong with either is found here, before anything is answered.
            let company = try Company(policy: read(policy), facts: read(facts))
            serve(Service(company))
        } catch {
            try? FileHandle.standardError.write(contentsOf: Data("\(error.text)\n".utf8))
            exit(2)
        }
    }

    /// Has threads answer until there is nothing more to read.
    private static func serve(_ service: Service) {
        let count = max(2, min(8, ProcessInfo.processInfo.activeProcessorCount))
        let threads = DispatchGroup()
        for _ in 0..<count {
            threads.enter()
            Thread {
                service.work()
                threads.leave()
            }.start()
        }
        threads.wait()
    }

    private static func read(_ path: String) throws(Refusal) -> (name: String, bytes: [UInt8]) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Refusal("\(path): can't be read")
        }
        return (path, Array(data))
    }
}

/// Why something is not done, in one line for whoever wanted it.
struct Refusal: Error {
    let text: String

    init(_ text: String) { self.text = text }
}
