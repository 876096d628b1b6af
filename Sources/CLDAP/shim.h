#ifndef NTK_CLDAP_SHIM_H
#define NTK_CLDAP_SHIM_H

#include <lber.h>
#include <ldap.h>

// Macros that cast to a pointer don't reach Swift; each gets a function of one line here.

static inline const void *ntk_ldap_opt_on(void) { return LDAP_OPT_ON; }
static inline const void *ntk_ldap_opt_off(void) { return LDAP_OPT_OFF; }

#endif
