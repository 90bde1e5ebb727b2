"""The ages of a child, by the school that it goes to."""

from enum import StrEnum

Ages = tuple[float, float]
"""From this age in years to below that one: whoever says it is of some age between."""


class AgeGroup(StrEnum):
    """The children of one school; the value is its name in addresses."""

    PRESCHOOL = "preschool"
    ELEMENTARY = "elementary"
    JUNIOR_HIGH = "junior_high"
    HIGH = "high"

    @property
    def ages(self) -> Ages:
        """As wide as can be, so that no place that would take them is left out.

        Some in the last year of elementary school are 12, and so are some in the first of junior
        high school.
        """
        return _AGES[self]


_AGES: dict[AgeGroup, Ages] = {
    AgeGroup.PRESCHOOL: (0, 7),
    AgeGroup.ELEMENTARY: (6, 13),
    AgeGroup.JUNIOR_HIGH: (12, 16),
    AgeGroup.HIGH: (15, 19),
}
