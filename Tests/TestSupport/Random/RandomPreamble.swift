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
        let freshness = ["directory", "hr"].filter { _ in random.chance(25) }.map { source in
            "override source \(source) fresh for \(random.pick(["45 days", "2 months", "20 days"]))\n"
        }.joined()
        let caps = tiers.indices.map { "\(["low", "middling", "high"][$0 % 3])" }
        let rows = Set(caps).sorted().map { "\($0): \(random.pick(tiers))" }.joined(separator: ", ")
        return """
            policy random version "1" zone "\(zone)"
            use standard
            define company = organisation "o0"
            scale tier { \(tiers.joined(separator: " < ")) }
            category \(categories.joined(separator: ", "))
            enumeration role { \(roles.joined(separator: ", ")) }
            check k0 { covers {cat0} \(consent) lasts \(random.pick(["2 months", "9 days", "1 year"])) }
            check k1 { covers {cat0, cat1} consent required lasts \(random.pick(["30 hours", "3 weeks"])) }

            table cap : peril -> tier { \(rows), else: \(random.pick(tiers)) }
            list good-words of text { "x" since 2026-04-01, "y" until 2026-04-19, "が" since 2026-04-05 until 2026-10-24 }
            list holidays of date { 2026-04-06, 2026-10-26 }
            list liked of resource { r0 until 2026-04-19, r4 since 2026-03-31 }
            calendar working { monday, tuesday, wednesday, thursday, friday except holidays }
            define tail = \(random.pick(["10 days", "1 month"]))
            define at-home(d department) = some p in subject.posts where p.department below d
            define liked-by-now(r resource, p person) = r in liked or p in r.escorts

            """ + freshness + kinds + events
    }

    private static let kinds = """
        scale peril { low < middling < high }
        entity prototype is sample {
          stage    integer  default 1  may be brought
          sealed   boolean
          twin     resource
          related  set of resource
          labels   set of text  default {}
          made-on  instant
          derived vouched-for = some a in self.endorsements where a.final
          derived placed = every p in self.placements where p.at below self.owner
          moment moved-out-of(at) of placements ended by relocated while endorsements
        }
        entity visitor is person {
          badge   integer  default 0  may be brought
          escort  person
        }
        extend entity resource {
          escorts  set of person  default {}  may be empty
          secrecy  integer  from directory, hr  may be brought
          override tier  tier  may be brought
          override category  set of category  may be brought
        }
        extend entity person {
          weight  integer  limited to screening
          home    department
          keys    set of resource  default {}  may be brought
          override employer  organisation  may be brought
          skills  set of category
        }
        record placement of prototype as placements from directory {
          at    department  default department "d0"
          note  text
        }
        record endorsement of resource as endorsements may be empty {
          by     person
          level  tier  default tier0
          final  boolean
        }
        record treaty of organisation as treaties {
          scope   set of resource
          grade   peril
          stage   integer  default 0
          active  boolean  default true
        }
        record annex of treaty as annexes {
          covers  set of category  default {}
          since   instant
        }
        action borrow, scrap on prototype
        action lend(whom person, days integer) on prototype
        context spot {
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
        event endorsed {
          resource  resource
          by        optional person
          level     optional tier
          final     optional boolean
          until     optional last-day
          begin endorsement for resource { by = by, level = level, final = final } until until
        }
        event endorsements-withdrawn {
          by  person
          end endorsements where by = by
        }
        event agreed {
          with   organisation
          scope  optional set of resource
          grade  optional peril
          until  optional instant
          begin treaty for with { scope = scope, grade = grade } until until
        }
        event sealed-up {
          prototype  prototype
          sealed     boolean
          later      optional instant
          set prototype.sealed = sealed
          set prototype.stage = 3 at later if later
        }
        event sealing-called-off {
          prototype  prototype
          need prototype.placements
          cancel sealed-up of prototype
        }

        """
}
