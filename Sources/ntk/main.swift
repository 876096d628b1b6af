import Commands
import Foundation

exit(await NTKCommand.run(Array(CommandLine.arguments.dropFirst())))
