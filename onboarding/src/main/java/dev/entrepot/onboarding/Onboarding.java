package dev.entrepot.onboarding;

import dev.entrepot.onboarding.catalogue.Catalogue;
import dev.entrepot.onboarding.mapping.Mappings;
import dev.entrepot.onboarding.notices.Notices;
import dev.entrepot.onboarding.rules.MappingPreview;
import dev.entrepot.onboarding.rules.VendorRules;
import dev.entrepot.onboarding.uploads.RefusedFiles;
import dev.entrepot.onboarding.uploads.Uploads;
import dev.entrepot.onboarding.vendors.Vendors;

/// The whole face of onboarding, in one hand.
public record Onboarding(
    Vendors vendors,
    Catalogue catalogue,
    Mappings mappings,
    MappingPreview mappingPreview,
    VendorRules rules,
    Uploads uploads,
    RefusedFiles refusedFiles,
    Notices notices) {}
