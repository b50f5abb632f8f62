"""The demonstration district: invented bodies, people and a year of disclosures, built through the acts."""
