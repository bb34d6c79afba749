"""The customer of an open item, as the CRM knows them."""
