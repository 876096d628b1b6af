/// What a random policy declares before its rules: scales, checks, and kinds, records and events of its own.
///
/// Chosen so that every type of attribute, a record of each sort of owner, and a moment with a default
/// come up.
enum RandomPreamble {
    static func text(_ random: inout SplitMix64) -> String {
        let zone = random.pick(["Asia/Tokyo", "UTC", "Test/Midnight"])
        let tiers = (0..<(2 + random.below(4))).map { "tier\($0)" }
        let categories = (0..<(2 + random.below(3))).map { "cat\($0)" }
        let roles = (0..<(1 + random.below(3))).map { "role\($0)" }
        let consent = random.chance(50) ? "consent required" : ""
        return """
            policy random version "1" zone "\(zone)"
            use standard
            define company = organisation "o0"
            scale tier { \(tiers.joined(separator: " < ")) }
            category \(categories.joined(separator: ", "))
            enumeration role { \(roles.joined(separator: ", ")) }
            check k0 { covers {cat0} \(consent) lasts \(random.pick(["2 months", "9 days", "1 year"])) }
            check k1 { covers {cat0, cat1} consent required lasts \(random.pick(["30 hours", "3 weeks"])) }

            """ + kinds + events
    }

    private static let kinds = """
        scale risk { low < middling < high }
        entity prototype is sample {
          stage    integer  default 1
          sealed   boolean
          twin     resource
          related  set of resource
          labels   set of text  default {}
          made-on  instant
          derived vouched-for = some a in self.approvals where a.final
          derived placed = every p in self.placements where p.at below self.owner
          moment moved-out-of(at) of placements ended by relocated while approvals
        }
        entity visitor is person {
          badge   integer  default 0
          escort  person
        }
        record placement of prototype as placements {
          at    department  default department "d0"
          note  text
        }
        record approval of resource as approvals {
          by     person
          level  tier  default tier0
          final  boolean
        }
        record agreement of organisation as agreements {
          scope   set of resource
          grade   risk
          stage   integer  default 0
          active  boolean  default true
        }
        record annex of agreement as annexes {
          covers  set of category  default {}
          since   instant
        }
        action borrow, scrap on prototype
        context place {
          area    area
          floor   integer
          inside  boolean
          since   instant
          name    text
          until   last-day
        }

        """

    private static let events = """
        event relocated {
          prototype  prototype
          to         optional department
          end prototype.placements
          begin placement for prototype { at = to, note = "moved" }
        }
        event approved {
          resource  resource
          by        optional person
          level     optional tier
          final     optional boolean
          until     optional last-day
          begin approval for resource { by = by, level = level, final = final } until until
        }
        event approvals-withdrawn {
          by  person
          end approvals where by = by
        }
        event agreed {
          with   organisation
          scope  optional set of resource
          grade  optional risk
          until  optional instant
          begin agreement for with { scope = scope, grade = grade } until until
        }
        event sealed-up {
          prototype  prototype
          sealed     boolean
          later      optional instant
          set prototype.sealed = sealed
          set prototype.stage = 3 at later if later
        }

        """
}
