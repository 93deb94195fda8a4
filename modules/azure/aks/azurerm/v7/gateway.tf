# Version 7 gives no roles to an application gateway.
